//! The XML of SF's pushes: `<Request service="…"><Body>` with things in it, each an element with
//! attributes or a run of elements that hold a text. Pure. Entities are XML's own five; whatever a
//! document declares beside them is not read.

use quick_xml::{
    Reader, XmlVersion,
    escape::resolve_predefined_entity,
    events::{BytesStart, Event},
};
use serde_json::{Map, Value};

/// One thing that is told: its names with their texts.
pub type Thing = Map<String, Value>;

/// What the request is called, and what stands in it; `None` for anything that is no such request.
pub fn request(xml: &str) -> Option<(String, Vec<Thing>)> {
    let mut reader = Reader::from_str(xml);
    let mut reading = Reading::default();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => reading.open(&start)?,
            Event::Empty(empty) => {
                reading.open(&empty)?;
                reading.close();
            }
            Event::End(_) => reading.close(),
            Event::Text(text) => reading.text.push_str(&text.xml10_content()),
            Event::CData(text) => reading.text.push_str(&text.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref().ok()? {
                Some(letter) => reading.text.push(letter),
                None => reading.text.push_str(resolve_predefined_entity(&entity)?),
            },
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
    }
    let whole = reading.path.is_empty();
    let service = reading.service.filter(|_| whole)?;
    reading.things.extend(Some(reading.run).filter(|run| !run.is_empty()));
    Some((service, reading.things))
}

#[derive(Default)]
struct Reading {
    service: Option<String>,
    path: Vec<String>,
    things: Vec<Thing>,
    /// Elements with texts that belong together: until one of their names comes again.
    run: Thing,
    text: String,
}

impl Reading {
    fn open(&mut self, start: &BytesStart<'_>) -> Option<()> {
        let mut given = Thing::new();
        for attribute in start.attributes() {
            let attribute = attribute.ok()?;
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            given.insert(attribute.key.0.to_owned(), value.into_owned().into());
        }
        match self.path.as_slice() {
            [] if start.name().0 != "Request" => return None,
            [] => self.service = given.get("service").and_then(Value::as_str).map(str::to_owned),
            [_, body, ..] if body == "Body" && !given.is_empty() => self.things.push(given),
            _ => {}
        }
        self.path.push(start.name().0.to_owned());
        self.text.clear();
        Some(())
    }

    fn close(&mut self) {
        let (name, text) = (self.path.pop(), std::mem::take(&mut self.text));
        let inside = self.path.get(1).is_some_and(|body| body == "Body");
        let (Some(name), true) = (name, inside && !text.trim().is_empty()) else { return };
        if self.run.contains_key(&name) {
            self.things.push(std::mem::take(&mut self.run));
        }
        self.run.insert(name, text.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(things: &[Thing]) -> Vec<Vec<(&str, &str)>> {
        let one = |thing| {
            let thing: &Thing = thing;
            thing.iter().map(|(k, v)| (k.as_str(), v.as_str().unwrap_or_default())).collect()
        };
        things.iter().map(one).collect()
    }

    #[test]
    fn attributes_and_runs_of_elements_are_things() {
        let (service, things) = request(
            "<?xml version='1.0'?><Request service=\"R\" lang=\"zh-CN\"><Body>\
             <W id=\"1\" remark=\"已&lt;收&gt;&#x4ef6; &amp; &quot;走&quot;\"/><W id=\"2\"></W>\
             </Body></Request>",
        )
        .expect("a request");
        assert_eq!(service, "R");
        let want = [vec![("id", "1"), ("remark", "已<收>件 & \"走\"")], vec![("id", "2")]];
        assert_eq!(texts(&things), want);
        let run = "<Request service='P'><Body><no>1</no><why>a&amp;b<![CDATA[<c>]]></why>\
                   <o><no>2</no></o></Body></Request>";
        let (_, things) = request(run).expect("a request");
        assert_eq!(texts(&things), [vec![("no", "1"), ("why", "a&b<c>")], vec![("no", "2")]]);
    }

    #[test]
    fn what_is_no_whole_request_is_nothing() {
        let whole = "<Request service=\"R\"><Body><W id=\"1\"/></Body></Request>";
        assert!(request(whole).is_some());
        for cut in 0..whole.len() {
            assert!(request(&whole[..cut]).is_none(), "{}", &whole[..cut]);
        }
        for odd in [
            "<Response service=\"R\"></Response>",
            "<Request><Body/></Request>",
            "<Request service=\"R\"><Body><W id=\"&own;\"/></Body></Request>",
            "<Request service=\"R\"><Body>&own;</Body></Request>",
            "<Request service=\"R\"><Body><W id=1></Body></Request>",
        ] {
            assert!(request(odd).is_none(), "{odd}");
        }
    }
}
