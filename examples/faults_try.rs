//! x
fn main() {
    for p in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&p).unwrap();
        let dir = std::path::Path::new(&p).parent().unwrap().to_path_buf();
        let name = std::path::Path::new(&p).file_name().unwrap().to_str().unwrap().to_string();
        let t = std::time::Instant::now();
        let r = answerable::scenario::read(&name, &text, &|f| {
            std::fs::read_to_string(dir.join(f)).map_err(|_| "there is no such file".into())
        });
        let e = t.elapsed();
        let f = match r {
            Ok(r) => r.warnings,
            Err(f) => f,
        };
        let codes: Vec<_> = f.iter().map(|f| f.code).collect();
        println!("===== {name} {e:?} {codes:?}\n{}", answerable::scenario::render_all(&f));
    }
}
