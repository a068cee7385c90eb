//! A chart's page as SVG text: every element that plotters does not draw is written here, and every name or
//! figure from outside is escaped here.

use std::fmt::Write as _;

use plotters::style::RGBColor;

use super::font::{self, FAMILY};
use super::palette::{INK, hex};

/// Where a line of text stands against its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

/// How a line of text looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Type {
    /// In units of the page.
    pub(super) size: f64,
    /// Bold or book.
    pub(super) bold: bool,
    /// Of the letters.
    pub(super) colour: RGBColor,
    /// Where it stands.
    pub(super) anchor: Anchor,
    /// White around the letters, where they may cross a line.
    pub(super) halo: bool,
}

impl Type {
    /// Book type in ink, beginning at its place.
    pub(super) fn of(size: f64) -> Type {
        Type { size, bold: false, colour: INK, anchor: Anchor::Start, halo: false }
    }

    /// The same in bold.
    pub(super) fn bold(self) -> Type {
        Type { bold: true, ..self }
    }

    /// The same in another colour.
    pub(super) fn colour(self, colour: RGBColor) -> Type {
        Type { colour, ..self }
    }

    /// The same standing otherwise.
    pub(super) fn anchor(self, anchor: Anchor) -> Type {
        Type { anchor, ..self }
    }

    /// The same with white around the letters.
    pub(super) fn halo(self) -> Type {
        Type { halo: true, ..self }
    }

    /// The width of a line in this type.
    pub(super) fn width(self, text: &str) -> f64 {
        font::width(text, self.size, self.bold)
    }

    /// A text broken into lines of this type.
    pub(super) fn wrap(self, text: &str, room: f64, most: usize) -> Vec<String> {
        font::wrap(text, room, self.size, self.bold, most)
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> f64 {
        self.size * 1.25
    }
}

/// The shape of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// The base.
    Square,
    /// Better than the base.
    Up,
    /// Worse than the base.
    Down,
    /// No difference that matters.
    Dot,
    /// Cannot be told; hollow.
    Diamond,
    /// No verdict; hollow.
    Ring,
}

impl Mark {
    /// Whether it is an outline.
    pub(super) fn is_hollow(self) -> bool {
        matches!(self, Mark::Diamond | Mark::Ring)
    }
}

/// A page under way.
#[derive(Debug)]
pub(super) struct Page {
    width: f64,
    height: f64,
    body: String,
}

impl Page {
    /// A white page.
    pub(super) fn new(width: f64, height: f64) -> Page {
        let mut page = Page { width, height, body: String::new() };
        page.rectangle((0.0, 0.0), (width, height), RGBColor(255, 255, 255));
        page
    }

    /// Its width and height.
    pub(super) fn size(&self) -> (f64, f64) {
        (self.width, self.height)
    }

    /// Ready-made SVG elements, as plotters draws them.
    pub(super) fn elements(&mut self, svg: &str) {
        self.body.push_str(svg);
    }

    /// One line of text, its baseline at `y`.
    pub(super) fn text(&mut self, x: f64, y: f64, look: Type, text: &str) {
        let anchor = match look.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = if look.bold { " font-weight=\"700\"" } else { "" };
        let halo = if look.halo {
            " stroke=\"#FFFFFF\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\""
        } else {
            ""
        };
        let _ = writeln!(
            self.body,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-family=\"{FAMILY}\" font-size=\"{}\"{weight} fill=\"{}\" \
             text-anchor=\"{anchor}\"{halo}>{}</text>",
            look.size,
            hex(look.colour),
            escaped(text),
        );
    }

    /// Lines of text one below the other, the first baseline at `y`.
    pub(super) fn lines(&mut self, x: f64, y: f64, look: Type, lines: &[String]) {
        for (i, line) in lines.iter().enumerate() {
            self.text(x, y + i as f64 * look.leading(), look, line);
        }
    }

    /// Lines of text whose middle lies at `y`.
    pub(super) fn centred(&mut self, x: f64, y: f64, look: Type, lines: &[String]) {
        // The middle of lower-case letters is about 0.35 of the size above the baseline.
        let first = y - (lines.len() as f64 - 1.0) / 2.0 * look.leading() + 0.35 * look.size;
        self.lines(x, first, look, lines);
    }

    /// A line from one point to another.
    pub(super) fn line(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        colour: RGBColor,
        width: f64,
        dash: &str,
    ) {
        let dash =
            if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", escaped(dash)) };
        let _ = writeln!(
            self.body,
            "<line x1=\"{:.2}\" y1=\"{:.2}\" x2=\"{:.2}\" y2=\"{:.2}\" stroke=\"{}\" stroke-width=\"{width}\"{dash}/>",
            from.0,
            from.1,
            to.0,
            to.1,
            hex(colour),
        );
    }

    /// A filled rectangle from its upper left corner.
    pub(super) fn rectangle(&mut self, at: (f64, f64), size: (f64, f64), colour: RGBColor) {
        let _ = writeln!(
            self.body,
            "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{}\"/>",
            at.0,
            at.1,
            size.0,
            size.1,
            hex(colour),
        );
    }

    /// Many filled rectangles of one colour, each from its upper left corner with its width and height, as one path.
    pub(super) fn rectangles(&mut self, all: &[[f64; 4]], colour: RGBColor) {
        if all.is_empty() {
            return;
        }
        let path: String =
            all.iter().map(|[x, y, w, h]| format!("M{x:.2} {y:.2}h{w:.2}v{h:.2}h-{w:.2}z")).collect();
        let _ = writeln!(self.body, "<path d=\"{path}\" fill=\"{}\"/>", hex(colour));
    }

    /// A mark with its middle at a point.
    pub(super) fn mark(&mut self, at: (f64, f64), mark: Mark, radius: f64, colour: RGBColor) {
        let (x, y, r) = (at.0, at.1, radius);
        let points: Vec<(f64, f64)> = match mark {
            Mark::Dot | Mark::Ring => Vec::new(),
            Mark::Square => vec![(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            Mark::Up => vec![(0.0, -1.15), (1.15, 0.85), (-1.15, 0.85)],
            Mark::Down => vec![(0.0, 1.15), (1.15, -0.85), (-1.15, -0.85)],
            Mark::Diamond => vec![(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)],
        };
        let colour = hex(colour);
        // A white rim keeps a filled mark apart from the lines it lies on.
        let paint = if mark.is_hollow() {
            format!("fill=\"#FFFFFF\" stroke=\"{colour}\" stroke-width=\"1.6\"")
        } else {
            format!("fill=\"{colour}\" stroke=\"#FFFFFF\" stroke-width=\"0.8\"")
        };
        if points.is_empty() {
            let _ = writeln!(self.body, "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{:.2}\" {paint}/>", r * 0.9);
        } else {
            let points: String =
                points.iter().map(|(dx, dy)| format!("{:.2},{:.2} ", x + dx * r, y + dy * r)).collect();
            let _ = writeln!(self.body, "<polygon points=\"{}\" {paint}/>", points.trim_end());
        }
    }

    /// The page as a whole SVG document, its text still text: what screen readers are told comes first.
    pub(super) fn finish(self, title: &str, description: &str) -> String {
        let opening = opening(self.width, self.height);
        format!("{opening}{}{}</svg>\n", heading(title, description), self.body)
    }
}

/// The opening tag of a picture.
pub(super) fn opening(width: f64, height: f64) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">\n"
    )
}

/// The two elements that name and describe a picture.
pub(super) fn heading(title: &str, description: &str) -> String {
    format!("<title>{}</title>\n<desc>{}{DESCRIBED}", escaped(title), escaped(description))
}

/// What ends the description; the drawing follows.
pub(super) const DESCRIBED: &str = "</desc>\n";

/// A text as it may stand in XML; characters that XML cannot carry become U+FFFD.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => safe.push('\u{FFFD}'),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_is_read_as_markup() {
        assert_eq!(
            escaped("<script>\"a\" & 'b'\u{1}\n</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;\u{FFFD} &lt;/script&gt;"
        );
        let mut page = Page::new(100.0, 50.0);
        page.text(0.0, 10.0, Type::of(10.0), "<b>");
        let svg = page.finish("<t>", "<d>");
        assert!(!svg.contains("<b>") && !svg.contains("<t>") && !svg.contains("<d>"));
    }
}
