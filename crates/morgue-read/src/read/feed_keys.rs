//! Which ids and addresses of a feed do not identify its items. Some programs write one guid, or the address of one
//! page, for all items of a feed. The cutter reads a feed ahead to find these: an item alone does not show it.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use memchr::memmem;

use super::cut::{Cut, Cutter};
use super::element_cut::Elements;
use super::input::Input;

/// Bytes of items that are read ahead. The largest feed in the data folder has 1 MB.
const READ_AHEAD: usize = 8 << 20;

/// Bytes of an id, address or title that are compared.
const LONGEST_KEY: usize = 1000;

/// The ids and addresses that do not identify the items of a feed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SharedKeys {
    /// Ids of items with different addresses.
    ids: HashSet<Vec<u8>>,
    /// Ids and addresses of items with different titles.
    pairs: HashSet<(Vec<u8>, Vec<u8>)>,
}

/// The keys of an item that other, different items share with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct SharedBy {
    /// Another item has its id and another address.
    pub(super) id: bool,
    /// Another item has its id, its address and another title.
    pub(super) address: bool,
}

impl SharedKeys {
    /// Finds the keys that items share, given the bytes of the items.
    fn of<'i>(items: impl Iterator<Item = &'i [u8]>) -> SharedKeys {
        let mut shared = SharedKeys::default();
        let mut address_of_id: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
        let mut title_of_pair: HashMap<(Vec<u8>, Vec<u8>), Vec<u8>> = HashMap::new();
        for item in items {
            let ItemKeys { id, address, title } = ItemKeys::of(item);
            if !id.is_empty() && address_of_id.entry(id.clone()).or_insert_with(|| address.clone()) != &address {
                shared.ids.insert(id.clone());
            }
            // The versions of an Atom entry have one id and address, and can have different titles.
            let is_version = item.starts_with(b"<entry") && !id.is_empty();
            let pair = (id, address);
            if !is_version && title_of_pair.entry(pair.clone()).or_insert_with(|| title.clone()) != &title {
                shared.pairs.insert(pair);
            }
        }
        shared
    }

    /// What the item with these bytes shares with other items.
    pub(super) fn shared_by(&self, item: &[u8]) -> SharedBy {
        let ItemKeys { id, address, .. } = ItemKeys::of(item);
        SharedBy { id: self.ids.contains(&id), address: self.pairs.contains(&(id, address)) }
    }

    fn is_empty(&self) -> bool {
        self.ids.is_empty() && self.pairs.is_empty()
    }
}

/// The id, address and title of an item as they are written, found without parsing it. They are only compared.
struct ItemKeys {
    id: Vec<u8>,
    address: Vec<u8>,
    title: Vec<u8>,
}

impl ItemKeys {
    fn of(item: &[u8]) -> ItemKeys {
        let id = ["guid", "id", "dc:identifier"].iter().find_map(|name| element_text(item, name));
        let address = element_text(item, "link").or_else(|| link_address(item));
        ItemKeys {
            id: id.unwrap_or_default(),
            address: address.unwrap_or_default(),
            title: element_text(item, "title").unwrap_or_default(),
        }
    }
}

/// The text of the first element with this name, unless it is empty.
fn element_text(item: &[u8], name: &str) -> Option<Vec<u8>> {
    let inside = &item[tag_start(item, name)?..];
    let start = memchr::memchr(b'>', inside)? + 1;
    if inside[..start].ends_with(b"/>") {
        return None;
    }
    let text = &inside[start..];
    let text = &text[..memmem::find(text, format!("</{name}").as_bytes())?];
    let text = text.trim_ascii();
    let text = text.strip_prefix(b"<![CDATA[").and_then(|text| text.strip_suffix(b"]]>")).unwrap_or(text).trim_ascii();
    (!text.is_empty()).then(|| text[..text.len().min(LONGEST_KEY)].to_vec())
}

/// The address in the first `<link href="...">`.
fn link_address(item: &[u8]) -> Option<Vec<u8>> {
    let tag = &item[tag_start(item, "link")?..];
    let tag = &tag[..memchr::memchr(b'>', tag)?];
    let value = &tag[memmem::find(tag, b"href=")? + 5..];
    let (quote, value) = value.split_first()?;
    let end = memchr::memchr(*quote, value)?;
    Some(value[..end.min(LONGEST_KEY)].to_vec())
}

/// The place after the name in the first opening tag with this name.
fn tag_start(item: &[u8], name: &str) -> Option<usize> {
    let opening = format!("<{name}");
    let mut found = memmem::find_iter(item, opening.as_bytes()).map(|at| at + opening.len());
    found.find(|&after| item.get(after).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/')))
}

/// Cuts XML into records; reads a feed ahead for the keys that its items share.
pub(super) struct FeedItems {
    elements: Elements,
    ahead: VecDeque<Cut>,
    started: bool,
    shared: Option<Arc<SharedKeys>>,
}

impl FeedItems {
    pub(super) fn new(elements: Elements) -> Self {
        FeedItems { elements, ahead: VecDeque::new(), started: false, shared: None }
    }

    fn read_ahead(&mut self, input: &mut Input<'_>, limit: usize) {
        let mut length = 0;
        while let Some(cut) = self.elements.next(input, limit) {
            let bytes = cut.as_ref().map_or(&b""[..], |record| &record.bytes);
            let is_item = bytes.starts_with(b"<item") || bytes.starts_with(b"<entry");
            length += bytes.len();
            let goes_on = is_item && cut.is_ok() && length < READ_AHEAD;
            self.ahead.push_back(cut);
            if !goes_on {
                break;
            }
        }
        let shared = SharedKeys::of(self.ahead.iter().flatten().map(|record| &record.bytes[..]));
        self.shared = (!shared.is_empty()).then(|| Arc::new(shared));
    }
}

impl Cutter for FeedItems {
    fn next(&mut self, input: &mut Input<'_>, limit: usize) -> Option<Cut> {
        if !self.started {
            self.started = true;
            self.read_ahead(input, limit);
        }
        self.ahead.pop_front().or_else(|| self.elements.next(input, limit))
    }

    fn shared_context(&self) -> Option<Arc<[u8]>> {
        self.elements.shared_context()
    }

    fn shared_keys(&self) -> Option<Arc<SharedKeys>> {
        self.shared.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_items_share_are_found() {
        let shares = |items: &[&str]| {
            let keys = SharedKeys::of(items.iter().map(|item| item.as_bytes()));
            let by = items.iter().map(|item| keys.shared_by(item.as_bytes()));
            by.map(|by| (by.id, by.address)).collect::<Vec<_>>()
        };
        let item = |id: &str, link: &str, title: &str| {
            format!("<item><title>{title}</title><link>{link}</link><guid isPermaLink='false'>{id}</guid></item>")
        };
        let [a, b] = [item("1", "/a", "A"), item("1", "/b", "B")];
        assert_eq!(shares(&[&a, &b]), [(true, false), (true, false)]);
        assert_eq!(shares(&[&a, &item("2", "/a", "B")]), [(false, false), (false, false)]);
        assert_eq!(shares(&[&a, &a]), [(false, false), (false, false)]);
        assert_eq!(shares(&[&a, &item("1", "/a", "B")]), [(false, true), (false, true)]);
        let [a, b] = ["A", "B"]
            .map(|title| format!("<entry><id/><link rel='alternate' href='/a'/><title>{title}</title></entry>"));
        assert_eq!(shares(&[&a, &b, "<item/>"]), [(false, true), (false, true), (false, false)]);
    }
}
