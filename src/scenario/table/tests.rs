//! Tables as spreadsheets write them, and what is wrong with some.

use super::*;

const COLUMNS: [Column; 3] = [
    Column::required("date", &["day"], "the day"),
    Column::required("calls", &["count"], "how many calls came"),
    Column::optional("note", &[], "any text"),
];

/// Dates, numbers and notes of a table, or its faults as "line:column message".
fn read(text: &str) -> Result<Vec<(String, f64, String)>, Vec<String>> {
    let mut out = Findings::default();
    let mut found = Vec::new();
    let sound = Csv::open(0, text, "date,calls", &mut out).is_some_and(|csv| {
        if let Some([date, calls, note]) = csv.columns(&COLUMNS, &mut out) {
            let mut rows = csv.rows();
            while let Some(row) = rows.next(&mut out) {
                let day = csv.read(Csv::date, &row.cells[date.unwrap()], "the date", row.number, &mut out);
                let number = csv.read(
                    Csv::number,
                    &row.cells[calls.unwrap()],
                    "the number of calls",
                    row.number,
                    &mut out,
                );
                let note = note.map(|note| row.cells[note].text.to_string()).unwrap_or_default();
                found.extend(day.zip(number).map(|(day, number)| (day.to_string(), number, note)));
            }
        }
        csv.close(&mut out)
    });
    let (faults, _) = out.faults(&[("t.csv".into(), text.into())]);
    if sound {
        Ok(found)
    } else {
        Err(faults.iter().map(|f| format!("{}:{} {}", f.line, f.column, f.message)).collect())
    }
}

#[test]
fn spreadsheets_of_every_country_give_the_same_table() {
    let plain = read("date,calls,note\n2024-01-08,12.5,a b\n2024-01-09,3,\n").unwrap();
    assert_eq!(plain.len(), 2);
    for text in [
        "\u{feff}date;calls;note\r\n2024-01-08;12,5;a b\r\n2024-01-09;3;\r\n",
        "\u{feff}Date\tCalls\tNote\r\n8.1.2024\t12,5\ta b\r\n\r\n09.01.2024\t3\t",
        "# counts\n\n\"Day\",\"COUNT\",\"note\"\n\"2024-01-08\",\"12.5\", \"a b\" \n2024-01-09T00:00:00,3,\"\"",
        "date,calls,note,,\n2024-01-08,12.5,a b,,\n,,,,\n2024-01-09,3,, ,\n,,\n",
        "sep=;\r\nnote;calls;date\r\n\"a b\";12,5;2024-01-08 00:00\r\n;3;2024-01-09\r\n",
    ] {
        assert_eq!(read(text).as_ref(), Ok(&plain), "{text}");
    }
    let quoted = read("date,calls,note\n2024-01-08,1,\"a, \"\"b\"\" c\"\n").unwrap();
    assert_eq!(quoted[0].2, "a, \"b\" c");
}

#[test]
fn columns_that_are_missing_doubled_or_unknown_are_told() {
    assert_eq!(read("date,colls\n").unwrap_err(), ["1:6 there is no column `colls`"]);
    assert_eq!(read("day,note\n").unwrap_err(), ["1:1 the column `calls` is missing"]);
    assert_eq!(read("date,calls,day,\n").unwrap_err(), ["1:12 the column `date` is there twice"]);
    assert_eq!(read("date,,calls\n").unwrap_err(), ["1:6 a column has no name"]);
    assert_eq!(
        read("Calls by day,\ndate,calls\n").unwrap_err(),
        ["1:1 the first line names no column of this table"]
    );
    assert_eq!(read("").unwrap_err(), ["1:1 the file is empty"]);
    assert_eq!(read("date,\"calls\n").unwrap_err(), ["1:1 the header has a quote that is not closed"]);
}

#[test]
fn every_bad_cell_is_told_at_its_place() {
    let faults = read(
        "date,calls\n01/02/2024,1\n2024-02-30,1\n2024-01-08,many\n2024-01-08,-1\n2024-01-08,inf\n2024-01-08,\n\
         2024-01-08,1,2\n2024-01-08,\"1\n2024-01-08,\"1,234\"\n",
    );
    assert_eq!(
        faults.unwrap_err(),
        [
            "2:1 the date in row 2 can be read in two ways: \"01/02/2024\"",
            "3:1 the date in row 3 is not a date: \"2024-02-30\"",
            "4:12 the number of calls in row 4 is not a number: \"many\"",
            "5:12 the number of calls in row 5 is negative",
            "6:12 the number of calls in row 6 is not a finite number",
            "7:12 the number of calls in row 7 is missing",
            "8:1 row 8 has 3 values, the header 2",
            "9:1 row 9 has a quote that is not closed",
            "10:13 the number of calls in row 10 is not a number: \"1,234\"",
        ]
    );
    let mixed = read("date;calls\n2024-01-08;1,5\n2024-01-09;1.234\n").unwrap_err();
    assert_eq!(
        mixed,
        ["3:12 the number of calls in row 3 has a decimal point, numbers before it a decimal comma"]
    );
}

#[test]
fn a_thousand_faults_are_counted_not_listed() {
    let text = format!("date,calls\n{}", "2024-01-08,x\n".repeat(1000));
    let faults = read(&text).unwrap_err();
    assert_eq!(faults.len(), MOST_TOLD + 1);
    assert_eq!(faults[MOST_TOLD], "22:12 980 more faults in this file, this one the first of them");
}

#[test]
fn a_file_of_nothing_but_faults_is_not_read_to_its_end() {
    let faults = read(&format!("date,calls\n{}", "2024-01-08,x\n".repeat(100_000))).unwrap_err();
    assert_eq!(faults[MOST_TOLD], "22:12 over 10000 faults in this file: the rest was not read");
}

#[test]
fn lengths_of_time_are_seconds_or_carry_units() {
    let text = "calls\n140\n2m20s\n0:02:20\n\"140.0\"\n2:20\nsoon\n-3s\n1e300\n";
    let mut out = Findings::default();
    let csv = Csv::open(0, text, "seconds", &mut out).unwrap();
    let mut rows = csv.rows();
    let mut lengths = Vec::new();
    while let Some(row) = rows.next(&mut out) {
        lengths.push(csv.read(Csv::duration, &row.cells[0], "the length", row.number, &mut out));
    }
    let minutes = Some(140_000_000);
    assert_eq!(lengths, [minutes, minutes, minutes, minutes, None, None, None, None]);
    let (faults, _) = out.faults(&[("t.csv".into(), text.into())]);
    assert_eq!(faults[0].message, "the length in row 6 could be minutes or hours: \"2:20\"");
}

#[test]
fn times_are_read_by_either_clock() {
    let text =
        "time\n08:30\n8:30 AM\n8:30:00 a.m.\n12:00 AM\n12:15 pm\n11:59 PM\n13:00 PM\n0:30 AM\n0.354\nTotal\n";
    let mut out = Findings::default();
    let csv = Csv::open(0, text, "time", &mut out).unwrap();
    let mut rows = csv.rows();
    let mut minutes = Vec::new();
    while let Some(row) = rows.next(&mut out) {
        let time = csv.read(Csv::time, &row.cells[0], "the time", row.number, &mut out);
        minutes.push(time.map(|time| time / crate::unit::MINUTE));
    }
    let half_past = Some(510);
    assert_eq!(minutes[..6], [half_past, half_past, half_past, Some(0), Some(735), Some(1439)]);
    assert_eq!(minutes[6..], [None; 4]);
    let (faults, _) = out.faults(&[("t.csv".into(), text.into())]);
    assert_eq!(faults[2].help, "in the spreadsheet, format the column as times: 08:30");
}

#[test]
fn separators_of_thousands_are_named() {
    for number in ["1 234", "1\u{a0}234", "1'234", "1\u{2019}234", "1.234.567", "1.234,5"] {
        let text = format!("date;calls\n2024-01-08;{number}\n");
        let mut out = Findings::default();
        let csv = Csv::open(0, &text, "date,calls", &mut out).unwrap();
        let mut rows = csv.rows();
        let row = rows.next(&mut out).unwrap();
        assert_eq!(csv.read(Csv::number, &row.cells[1], "the number", 2, &mut out), None);
        let (faults, _) = out.faults(&[("t.csv".into(), text.clone())]);
        assert_eq!(faults[0].help, "write it without separators of thousands: 1234.5", "{number}");
    }
}

/// What is said of one cell read alone: the message and the help.
/// What a reader of cells makes of one.
type Read<T> = Result<T, (Code, String, String)>;

fn said<'t, T>(reader: fn(&Csv<'t>, &str) -> Read<T>, cell: &'t str) -> String {
    let csv = Csv::open(0, "x;y\n", "x", &mut Findings::default()).unwrap();
    reader(&csv, cell).err().map_or(String::new(), |(_, wrong, help)| format!("{wrong}; {help}"))
}

#[test]
fn dates_of_other_countries_are_answered_with_the_date_to_write() {
    let how = "(in a spreadsheet, format the column as year-month-day)";
    for (cell, answer) in [
        (
            "01/11/2004",
            format!(
                "can be read in two ways: \"01/11/2004\"; write 2004-11-01 if the day comes first, 2004-01-11 if \
                 the month does {how}"
            ),
        ),
        ("13/11/2004", format!("is written with slashes: \"13/11/2004\"; write 2004-11-13 {how}")),
        ("11/13/2004", format!("is written with slashes: \"11/13/2004\"; write 2004-11-13 {how}")),
        ("11/11/2004", format!("is written with slashes: \"11/11/2004\"; write 2004-11-11 {how}")),
        (
            "01.11.04",
            "is not a date: \"01.11.04\"; write year-month-day, for example 2004-11-01, the year in four digits"
                .to_owned(),
        ),
        (
            "38292",
            "is not a date: \"38292\"; in the spreadsheet, format the column as year-month-day: 2004-11-01"
                .to_owned(),
        ),
        (
            "01/11/2004 08:00",
            "has a time of day with it: \"01/11/2004 08:00\"; write the date alone; the time of day has a column \
             of its own"
                .to_owned(),
        ),
        ("1 Nov 2004", "is not a date: \"1 Nov 2004\"; write year-month-day, for example 2004-11-01".to_owned()),
    ] {
        assert_eq!(said(Csv::date, cell), answer);
    }
    assert_eq!(said(Csv::date, "01.11.2004 00:00:00"), "");
}

#[test]
fn a_stretch_of_the_day_is_answered_with_its_beginning() {
    for cell in ["08:00 - 08:30", "8:00-8:30", "08:00\u{2013}08:30"] {
        assert!(said(Csv::time, cell).ends_with("write only when it begins, for example 08:30"), "{cell}");
    }
    for time in ["8:00:00", "08:00"] {
        assert_eq!(said(Csv::time, time), "");
    }
    assert!(said(Csv::time, "8.00").ends_with("leave out totals"));
}

#[test]
fn a_table_with_a_column_a_date_is_answered_with_one_row_a_date() {
    for date in ["2024-01-08", "8.1.2024", "08/01/2024", "13/01/2024"] {
        let faults = read(&format!("Name;{date};09.01.2024;calls\nAnn;1;2;3\n")).unwrap_err();
        assert_eq!(faults, [format!("1:6 a date stands where the columns are named: \"{date}\"")]);
    }
}

#[test]
fn a_row_of_a_million_cells_and_a_cell_of_a_million_letters_are_read_or_refused() {
    let wide = format!("date,calls\n{}1\n", ",".repeat(1_000_000));
    assert_eq!(read(&wide).unwrap_err(), ["2:1 row 2 has 1000001 values, the header 2"]);
    assert_eq!(read(&format!("date,calls\n2024-01-08,1{}\n", ",".repeat(1_000_000))).unwrap().len(), 1);
    let long = format!("date,calls,note\n2024-01-08,1,{}\n", "x".repeat(1_000_000));
    assert_eq!(read(&long).unwrap()[0].2.len(), 1_000_000);
    assert_eq!(read(&",".repeat(2000)).unwrap_err(), ["1:1 the header has more than 1000 columns"]);
}

#[test]
fn a_carriage_return_within_a_line_ends_nothing() {
    assert_eq!(read("date,calls,note\n2024-01-08,1,a\rb\n").unwrap()[0].2, "a\rb");
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_reader_of_tables_panic(
        header in "(date|start|calls|Mon|seconds|\"x\"|é)([,;\t](date|start|calls|Tue|weight|\"y\"|)){0,3}",
        body in "([0-9é:.,;\t\" #+e\r\n-]|2024-01-08|08:30|1,5|\u{feff}){0,60}",
    ) {
        let text = format!("{header}\n{body}");
        let mut out = Findings::default();
        // What is not understood is told.
        let readers: [fn(&str, &mut Findings) -> bool; 5] = [
            |text: &str, out: &mut Findings| super::super::shape::parse(0, "t", text, out).is_some(),
            |text, out| super::super::shape::parse_day(0, "t", text, out).is_some(),
            |text, out| super::super::counts::parse(0, "t", text, out).is_some(),
            |text, out| super::super::holidays::parse(0, "t", text, out).is_some(),
            |text, out| super::super::observations::parse(0, "", text, out).is_some(),
        ];
        for read in readers {
            let mut own = Findings::default();
            let sound = read(&text, &mut own);
            let (faults, _) = own.faults(&[("t.csv".into(), text.clone())]);
            assert_eq!(sound, faults.is_empty(), "{text:?}: {faults:?}");
            faults.iter().for_each(|fault| _ = fault.render());
        }
        let _ = Csv::open(0, &text, "date", &mut out);
    }
}
