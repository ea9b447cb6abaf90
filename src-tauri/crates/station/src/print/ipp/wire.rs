//! IPP as bytes (RFC 8010): the few requests we make, and any answer, read with suspicion.

/// Job attributes asked for.
const JOB: &[&str] = &["job-state", "job-state-reasons", "job-state-message"];
/// Printer attributes asked for.
const PRINTER: &[&str] = &[
    "printer-state",
    "printer-state-reasons",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "document-format-supported",
    "printer-make-and-model",
    "printer-device-id",
    "queued-job-count",
    "printer-up-time",
    "printer-state-change-time",
];
/// Attributes read of one answer; a printer with everything it has sends under 300.
const ATTRIBUTES_MAX: usize = 2_000;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Operation<'a> {
    /// Print-Job: name of the job, format of the document.
    Print(&'a str, &'a str),
    /// Get-Job-Attributes of a job.
    Job(i32),
    /// Get-Printer-Attributes.
    Printer,
}

/// A request up to the document. `uri` is the printer's.
pub(super) fn request(operation: Operation<'_>, uri: &str, id: i32) -> Vec<u8> {
    let code: u16 = match operation {
        Operation::Print(..) => 0x0002,
        Operation::Job(_) => 0x0009,
        Operation::Printer => 0x000b,
    };
    let mut bytes = vec![1, 1];
    bytes.extend(code.to_be_bytes());
    bytes.extend(id.to_be_bytes());
    bytes.push(0x01);
    put(&mut bytes, 0x47, "attributes-charset", b"utf-8");
    put(&mut bytes, 0x48, "attributes-natural-language", b"en");
    put(&mut bytes, 0x45, "printer-uri", uri.as_bytes());
    if let Operation::Job(job) = operation {
        put(&mut bytes, 0x21, "job-id", &job.to_be_bytes());
    }
    put(&mut bytes, 0x42, "requesting-user-name", b"packbench");
    let wanted = match operation {
        Operation::Print(name, format) => {
            put(&mut bytes, 0x42, "job-name", name.as_bytes());
            put(&mut bytes, 0x49, "document-format", format.as_bytes());
            &[]
        }
        Operation::Job(_) => JOB,
        Operation::Printer => PRINTER,
    };
    for (nth, one) in wanted.iter().enumerate() {
        // Further values of an attribute have no name.
        put(&mut bytes, 0x44, if nth == 0 { "requested-attributes" } else { "" }, one.as_bytes());
    }
    bytes.push(0x03);
    bytes
}

fn put(bytes: &mut Vec<u8>, tag: u8, name: &str, value: &[u8]) {
    bytes.push(tag);
    for part in [name.as_bytes(), value] {
        // Every name and value here is far shorter; a job's name is cut by its maker.
        let part = &part[..part.len().min(1_023)];
        let length = u16::try_from(part.len()).expect("1,023 at most");
        bytes.extend(length.to_be_bytes());
        bytes.extend(part);
    }
}

/// An answer.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    /// Status; below 0x100 is success.
    pub status: u16,
    /// Every value with its attribute's name, in order.
    values: Vec<(String, Value)>,
}

#[derive(Debug, PartialEq, Eq)]
enum Value {
    Number(i32),
    Text(String),
}

impl Answer {
    /// Whether the request was granted.
    pub fn is_success(&self) -> bool {
        self.status < 0x100
    }

    /// The first number of an attribute.
    pub fn number(&self, name: &str) -> Option<i32> {
        self.of(name).find_map(|value| match value {
            Value::Number(number) => Some(*number),
            Value::Text(_) => None,
        })
    }

    /// The texts of an attribute.
    pub fn texts<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.of(name).filter_map(|value| match value {
            Value::Number(_) => None,
            Value::Text(text) => Some(text.as_str()),
        })
    }

    fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Value> {
        self.values.iter().filter(move |(one, _)| one == name).map(|(_, value)| value)
    }
}

/// Reads an answer; `None` if it is none. An end that is missing is no fault: what came counts.
pub(super) fn read(bytes: &[u8]) -> Option<Answer> {
    let status = u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?]);
    if !matches!(bytes[0], 1 | 2) {
        return None;
    }
    let mut rest = bytes.get(8..)?;
    let mut answer = Answer { status, values: Vec::new() };
    let mut name = String::new();
    while let Some((&tag, after)) = rest.split_first() {
        rest = after;
        match tag {
            0x03 => break,
            // A group begins.
            0x00..=0x0f => name.clear(),
            _ => {
                let (named, after) = counted(rest)?;
                let (value, after) = counted(after)?;
                rest = after;
                if !named.is_empty() {
                    name = String::from_utf8_lossy(named).into_owned();
                }
                if answer.values.len() < ATTRIBUTES_MAX {
                    answer.values.extend(value_of(tag, value).map(|value| (name.clone(), value)));
                }
            }
        }
    }
    Some(answer)
}

fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = usize::from(u16::from_be_bytes([*bytes.first()?, *bytes.get(1)?]));
    bytes.get(2..)?.split_at_checked(length)
}

fn value_of(tag: u8, value: &[u8]) -> Option<Value> {
    match tag {
        // integer, enum
        0x21 | 0x23 => value.try_into().ok().map(|bytes| Value::Number(i32::from_be_bytes(bytes))),
        // boolean
        0x22 => value.first().map(|byte| Value::Number(i32::from(*byte))),
        // textWithLanguage, nameWithLanguage: the language comes first
        0x35 | 0x36 => counted(counted(value)?.1).map(|(text, _)| text_of(text)),
        // all kinds of text and keywords
        0x41 | 0x42 | 0x44..=0x49 => Some(text_of(value)),
        _ => None,
    }
}

fn text_of(bytes: &[u8]) -> Value {
    Value::Text(String::from_utf8_lossy(bytes).into_owned())
}

/// The name of a status, as the standard has it, for the ones that people meet.
pub(super) fn status_word(status: u16) -> String {
    let word = match status {
        0x0400 => "client-error-bad-request",
        0x0401 => "client-error-forbidden",
        0x0402 => "client-error-not-authenticated",
        0x0403 => "client-error-not-authorized",
        0x0404 => "client-error-not-possible",
        0x0406 => "client-error-not-found",
        0x0408 => "client-error-request-entity-too-large",
        0x040a => "client-error-document-format-not-supported",
        0x040b => "client-error-attributes-or-values-not-supported",
        0x0500 => "server-error-internal-error",
        0x0501 => "server-error-operation-not-supported",
        0x0502 => "server-error-service-unavailable",
        0x0504 => "server-error-device-error",
        0x0505 => "server-error-temporary-error",
        0x0506 => "server-error-not-accepting-jobs",
        0x0507 => "server-error-busy",
        _ => return format!("status 0x{status:04x}"),
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8010, A.1 and A.2: a Print-Job and its answer, attributes that are ours.
    #[test]
    fn a_request_is_what_the_standard_shows() {
        let bytes = request(Operation::Print("l", "f/x"), "ipp://h/p", 1);
        let mut expected = b"\x01\x01\0\x02\0\0\0\x01\x01\x47\0\x12attributes-charset\0\x05utf-8\
            \x48\0\x1battributes-natural-language\0\x02en"
            .to_vec();
        expected.extend(b"\x45\0\x0bprinter-uri\0\x09ipp://h/p");
        expected.extend(b"\x42\0\x14requesting-user-name\0\x09packbench");
        expected.extend(b"\x42\0\x08job-name\0\x01l\x49\0\x0fdocument-format\0\x03f/x\x03");
        assert_eq!(bytes, expected);
    }

    fn stopped() -> Vec<u8> {
        let mut bytes = b"\x02\0\0\0\0\0\0\x07\x01\x47\0\x12attributes-charset\0\x05utf-8".to_vec();
        bytes.extend(b"\x04\x23\0\x0dprinter-state\0\x04\0\0\0\x05");
        bytes.extend(b"\x44\0\x15printer-state-reasons\0\x11media-empty-error");
        bytes.extend(b"\x44\0\0\0\x06paused");
        bytes.extend(b"\x35\0\x15printer-state-message\0\x0c\0\x02en\0\x06no way");
        bytes.extend(b"\x22\0\x19printer-is-accepting-jobs\0\x01\x01\x03");
        bytes
    }

    #[test]
    fn an_answer_is_read() {
        let answer = read(&stopped()).expect("an answer");
        assert!(answer.is_success());
        assert_eq!(answer.number("printer-state"), Some(5));
        assert_eq!(answer.number("printer-is-accepting-jobs"), Some(1));
        let reasons: Vec<&str> = answer.texts("printer-state-reasons").collect();
        assert_eq!(reasons, ["media-empty-error", "paused"]);
        assert_eq!(answer.texts("printer-state-message").next(), Some("no way"));
        assert_eq!(answer.number("nothing"), None);
    }

    #[test]
    fn broken_answers_break_nothing() {
        let whole = stopped();
        for end in 0..whole.len() {
            read(&whole[..end]);
        }
        for at in 0..whole.len() {
            for value in [0, 1, 3, 0x35, 0x7f, 0xff] {
                let mut bent = whole.clone();
                bent[at] = value;
                read(&bent);
            }
        }
        assert_eq!(read(b"HTTP/1.1 200 OK"), None);
        assert_eq!(read(b""), None);
    }
}
