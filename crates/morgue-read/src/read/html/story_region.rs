//! The text of the story's region. The extractor decides which part of the page is the story; this module then takes
//! the text from the page's own blocks ([`PageTree`]), so that no block between two blocks of the story is lost and
//! no two blocks become one line.
//!
//! A block between two blocks of the story is left out only by a rule of [`LeftOut`].

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::tags::is_one_of;
use super::page_block::{BlockElement, PageBlock, PageTree};
use morgue_article::text::letters_and_digits;

/// Why a block inside the story's region is not part of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LeftOut {
    /// It is in navigation, a sidebar, a footer, a form or a caption.
    Element,
    /// The class of an element around it says that it is not of the story.
    Label,
    /// Most of its text, or of the text of the list around it, is links.
    Links,
    /// It repeats a block of the story.
    Repeated,
    /// It is a heading above blocks that are left out.
    Heading,
    /// It is no sentence, and the extractor left out the blocks around it, too.
    Fragment,
}

/// The paragraphs of the story. `extracted` are the paragraphs that the extractor found on the page.
pub(super) fn story(extracted: Vec<String>, tree: &PageTree<'_>) -> Vec<String> {
    let Some(found) = Alignment::find(&extracted, &tree.blocks) else { return extracted };
    let mut kept = found.of_story;
    if found.is_glued {
        // The extractor took the text of the whole page.
        for (at, is_kept) in kept.iter_mut().enumerate() {
            let block = &tree.blocks[at];
            let why = left_out_by_element(block, tree, 0);
            *is_kept &= why.is_none() && !is_mostly_links(block);
        }
        if !kept.contains(&true) {
            return extracted;
        }
    }
    restore(&mut kept, tree);
    tree.blocks.iter().zip(kept).filter(|(_, kept)| *kept).map(|(block, _)| block.text.clone()).collect()
}

/// Which blocks of the page the extractor found.
#[derive(Debug)]
struct Alignment {
    of_story: Vec<bool>,
    /// A paragraph of the extractor holds several blocks without a blank between them.
    is_glued: bool,
}

/// Bytes that are compared at most, per byte of the story and the page together.
const WORK_PER_BYTE: usize = 64;
/// A shorter key can be part of any text. Bytes.
const LONG_KEY: usize = 24;

impl Alignment {
    /// Follows the extractor's text through the blocks. `None` if the blocks do not hold almost all of that text in
    /// the same order.
    fn find(extracted: &[String], blocks: &[PageBlock]) -> Option<Alignment> {
        let mut all = String::new();
        let mut starts = Vec::with_capacity(extracted.len());
        let mut by_key: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for paragraph in extracted {
            let key = letters_and_digits(paragraph);
            starts.push(all.len());
            all.push_str(&key);
            by_key.entry(key).or_default().push(starts.len() - 1);
        }
        if all.is_empty() {
            return None;
        }
        let page: usize = blocks.iter().map(|block| block.key.len()).sum();
        let mut work = WORK_PER_BYTE * (all.len() + page);
        let (mut cursor, mut covered) = (0, 0);
        let mut of_story = vec![false; blocks.len()];
        let mut paragraphs_with_blocks: FxHashMap<usize, usize> = FxHashMap::default();
        for (at, block) in blocks.iter().enumerate() {
            let key = block.key.as_str();
            if key.is_empty() {
                continue;
            }
            let rest = &all[cursor..];
            let exact = by_key.get(key).and_then(|ats| {
                let next = ats.partition_point(|paragraph| starts[*paragraph] < cursor);
                ats.get(next).map(|paragraph| starts[*paragraph] - cursor)
            });
            let mut place = if rest.starts_with(key) { Some(0) } else { exact };
            if place.is_none() && key.len() >= LONG_KEY {
                work = work.checked_sub(rest.len())?;
                place = rest.find(key);
            }
            let Some(place) = place else { continue };
            let start = cursor + place;
            cursor = start + key.len();
            covered += key.len();
            of_story[at] = true;
            let paragraph = starts.partition_point(|known| *known <= start) - 1;
            *paragraphs_with_blocks.entry(paragraph).or_default() += 1;
        }
        if covered * 100 < all.len() * MIN_COVERED {
            return None;
        }
        let is_glued = extracted.len() <= 2 && paragraphs_with_blocks.values().any(|blocks| *blocks >= 2);
        Some(Alignment { of_story, is_glued })
    }
}

/// Percent of the extractor's text that the blocks must hold.
const MIN_COVERED: usize = 98;

/// Adds the blocks between two blocks of the story that no rule leaves out.
fn restore(kept: &mut [bool], tree: &PageTree<'_>) {
    let mut known: FxHashSet<&str> = FxHashSet::default();
    known.extend(tree.blocks.iter().zip(kept.iter()).filter(|(_, kept)| **kept).map(|(block, _)| block.key.as_str()));
    let story: Vec<usize> = (0..kept.len()).filter(|at| kept[*at]).collect();
    for pair in story.windows(2) {
        let (first, last) = (pair[0], pair[1]);
        if last == first + 1 {
            continue;
        }
        let region = tree.common(tree.blocks[first].element, tree.blocks[last].element);
        let between = &tree.blocks[first + 1..last];
        let mut next_is_kept = true;
        for at in (first + 1..last).rev() {
            let why = left_out(at, first + 1, between, region, tree, &known, next_is_kept);
            kept[at] = why.is_none();
            next_is_kept = why.is_none();
            if why.is_none() {
                known.insert(tree.blocks[at].key.as_str());
            }
        }
    }
}

/// The rule that leaves out the block `at`. It is one of the blocks `between` two blocks of the story; `first` is the
/// first of them.
fn left_out(
    at: usize,
    first: usize,
    between: &[PageBlock],
    region: usize,
    tree: &PageTree<'_>,
    known: &FxHashSet<&str>,
    next_is_kept: bool,
) -> Option<LeftOut> {
    let block = &tree.blocks[at];
    if let Some(why) = left_out_by_element(block, tree, region) {
        return Some(why);
    }
    if is_mostly_links(block) || is_in_list_of_links(at - first, between, region, tree) {
        return Some(LeftOut::Links);
    }
    if block.key.is_empty() || known.contains(block.key.as_str()) {
        return Some(LeftOut::Repeated);
    }
    let is_heading = tree.around(block.element, region).any(|element| is_one_of(element.name, &HEADINGS));
    if is_heading {
        return if next_is_kept { None } else { Some(LeftOut::Heading) };
    }
    let is_item = tree.around(block.element, region).any(|element| is_one_of(element.name, &PARTS_OF_LISTS));
    if is_item || is_prose(&block.text) { None } else { Some(LeftOut::Fragment) }
}

const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
const PARTS_OF_LISTS: [&str; 6] = ["li", "dt", "dd", "tr", "pre", "blockquote"];

/// Is it long enough for a sentence, or does it end as one?
fn is_prose(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', '’', '\'', ')', '»', '」']);
    let words = text.split_whitespace().count();
    words >= 12 || (end.ends_with(['.', '!', '?', '…', '。', '।', ':', '！', '？']) && (words >= 4 || !text.is_ascii()))
}

/// The rule of an element around the block and inside `region` that leaves it out.
fn left_out_by_element(block: &PageBlock, tree: &PageTree<'_>, region: usize) -> Option<LeftOut> {
    tree.around(block.element, region).find_map(|element| {
        if is_one_of(element.name, &NO_STORY) {
            return Some(LeftOut::Element);
        }
        is_labelled(element).then_some(LeftOut::Label)
    })
}

/// Elements that hold no text of the story.
const NO_STORY: [&str; 14] = [
    "nav",
    "aside",
    "footer",
    "form",
    "menu",
    "fieldset",
    "legend",
    "figcaption",
    "caption",
    "search",
    "dialog",
    "frameset",
    "optgroup",
    "address",
];

/// Does the class, id or role say that the element is not of the story?
fn is_labelled(element: &BlockElement<'_>) -> bool {
    if is_one_of(element.name, &["html", "body", "main", "article"]) {
        return false;
    }
    let mut words = element.label.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| NO_STORY_LABELS.contains(&word))
}

/// Words of classes that say it.
const NO_STORY_LABELS: [&str; 72] = [
    "ad",
    "ads",
    "adsense",
    "advert",
    "advertisement",
    "advertising",
    "aside",
    "author",
    "authors",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "captions",
    "comment",
    "comments",
    "contentinfo",
    "cookie",
    "cookies",
    "copyright",
    "credit",
    "credits",
    "disqus",
    "embed",
    "follow",
    "foot",
    "footer",
    "gallery",
    "menu",
    "meta",
    "modal",
    "more",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "outbrain",
    "pagination",
    "paywall",
    "player",
    "popular",
    "popup",
    "promo",
    "promotion",
    "rail",
    "read",
    "recirc",
    "recommended",
    "related",
    "relatedposts",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "teaser",
    "teasers",
    "toc",
    "toolbar",
    "trending",
    "widget",
    "wpcaption",
    "zergnet",
];

fn is_mostly_links(block: &PageBlock) -> bool {
    block.link_bytes * 2 > block.text.len()
}

/// Are most of the blocks of the list, table or part around the block links? `at` is its place in `between`.
fn is_in_list_of_links(at: usize, between: &[PageBlock], region: usize, tree: &PageTree<'_>) -> bool {
    let Some(part) = tree.around(between[at].element, region).last() else { return false };
    let is_in_part = |other: &&PageBlock| {
        tree.around(other.element, region).last().is_some_and(|element| std::ptr::eq(element, part))
    };
    let near = &between[at.saturating_sub(NEAR)..between.len().min(at + NEAR)];
    let (mut all, mut linked) = (0, 0);
    for other in near.iter().filter(is_in_part) {
        all += other.text.len();
        linked += other.link_bytes;
    }
    linked * 2 > all
}

/// Blocks before and after a block that are compared with it. The limit keeps the time linear in the page.
const NEAR: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "The council of Eldham voted on Monday to rebuild the bridge.";
    const TWO: &str = "Work begins in May and takes two years, the mayor said.";

    /// The paragraphs between `ONE` and `TWO`, which the extractor found.
    fn between(html: &str) -> String {
        let page = format!("<article><p>{ONE}</p>{html}<p>{TWO}</p></article>");
        let tree = PageTree::read(&page);
        let story = story(vec![ONE.to_owned(), TWO.to_owned()], &tree);
        assert_eq!((story.first().map(String::as_str), story.last().map(String::as_str)), (Some(ONE), Some(TWO)));
        story[1..story.len() - 1].join("|")
    }

    #[test]
    fn blocks_between_blocks_of_the_story_are_kept() {
        for (html, expected) in [
            ("<ul><li>a ferry<li>a new road</ul>", "a ferry|a new road"),
            ("<h2>A ferry</h2>", "A ferry"),
            ("<dl><dt>When?<dd>In May.</dl>", "When?|In May."),
            ("<div>A ferry will run until then.</div>", "A ferry will run until then."),
            ("<table><tr><td>North<td>412</table>", "North 412"),
            ("<aside>A ferry will run until then.</aside>", ""),
            ("<div class='x related-posts'><p>A ferry will run until then.</p></div>", ""),
            ("<ul><li><a>Inn burns in Marsh</a><li><a>Ferry sinks</a></ul>", ""),
            ("<h3>Most read</h3><ul><li><a>Inn burns in Marsh</a></ul>", ""),
            ("<div>Share</div>", ""),
        ] {
            assert_eq!(between(html), expected, "{html}");
        }
    }

    #[test]
    fn a_short_page_is_not_one_line() {
        let page = format!("<div class=menu>Home</div><h1>Bridge</h1><p>{ONE}<p>{TWO}<div id=foot>About us</div>");
        let glued = format!("HomeBridge{ONE}{TWO}About us");
        assert_eq!(story(vec![glued], &PageTree::read(&page)), ["Bridge", ONE, TWO]);
        assert_eq!(story(vec!["Other text".to_owned()], &PageTree::read(&page)), ["Other text"]);
    }
}
