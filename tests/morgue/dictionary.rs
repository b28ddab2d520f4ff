//! A dictionary of the words and names of some articles, without an index. Tests resolve queries against it.

use std::collections::{BTreeMap, BTreeSet};

use morgue::annotate::entities::{is_named, key};
use morgue::article::{Annotations, Article, EntityKind};
use morgue::query::{Dictionary, ExpandedTerm, Expansion, Field, KnownName, NamePattern, WordPattern, name_words};
use morgue::token::{Form, Stemming, Tokenizer, Tokens};

/// The articles that contain each form of each field, and the names.
pub struct Words {
    forms: BTreeMap<(Option<String>, Form, String), BTreeSet<usize>>,
    names: Vec<(EntityKind, Vec<String>, KnownName)>,
}

impl Words {
    pub fn of(articles: &[(Article, Annotations)]) -> Words {
        let mut words = Words { forms: BTreeMap::new(), names: Vec::new() };
        let mut tokenizer = Tokenizer::new(Stemming::English);
        let mut tokens = Tokens::default();
        for (number, (article, annotations)) in articles.iter().enumerate() {
            tokenizer.article(article, &mut tokens);
            words.add(None, number, &tokens);
            for (field, value) in values(article) {
                tokenizer.text(value, &mut tokens);
                words.add(Some(&field.name()), number, &tokens);
            }
            for entity in &annotations.entities {
                let known = words
                    .names
                    .iter_mut()
                    .find(|(kind, _, name)| (*kind, &name.key, &name.name) == (entity.kind, &entity.key, &entity.name));
                match known {
                    Some((.., name)) => name.docs += 1,
                    None => {
                        let name = KnownName { key: entity.key.clone(), name: entity.name.clone(), docs: 1 };
                        words.names.push((entity.kind, name_words(&mut tokenizer, &entity.name), name));
                    }
                }
            }
        }
        words
    }

    fn add(&mut self, field: Option<&str>, number: usize, tokens: &Tokens) {
        for token in &tokens.tokens {
            self.forms
                .entry((field.map(str::to_owned), token.form, tokens.text(token).to_string()))
                .or_default()
                .insert(number);
        }
    }
}

fn values(article: &Article) -> Vec<(Field, &str)> {
    let mut values: Vec<(Field, &str)> = vec![(Field::Path, &article.origin.path), (Field::Id, &article.id)];
    values.extend(article.own_id.as_deref().map(|value| (Field::Id, value)));
    values.extend(article.url.as_deref().map(|value| (Field::Url, value)));
    values.extend(article.source.as_deref().map(|value| (Field::Source, value)));
    values.extend(article.language.as_deref().map(|value| (Field::Lang, value)));
    values.extend(article.section.as_deref().map(|value| (Field::Section, value)));
    values.extend(article.dateline.as_ref().map(|dateline| (Field::Dateline, dateline.text.as_str())));
    values.extend(article.byline.iter().map(|value| (Field::Byline, value.as_str())));
    for (name, extra) in &article.extra {
        let field = Field::Extra(morgue::article::ExtraName::new(name).expect("a name"));
        values.extend(extra.iter().map(|value| (field, value.as_str())));
    }
    values.extend(article.keywords.iter().map(|value| (Field::Keyword, value.as_str())));
    values
}

impl Dictionary for Words {
    fn expand(&self, field: Option<Field>, pattern: &WordPattern, limit: usize) -> Expansion {
        let field = field.map(|field| field.name().into_owned());
        let of_field = self.forms.iter().filter(|((of, form, _), _)| *of == field && *form == Form::Exact);
        let terms = of_field.filter_map(|((.., text), docs)| {
            let edits = pattern.matches(text)?;
            Some(ExpandedTerm { text: text.clone(), docs: docs.len() as u64, edits })
        });
        Expansion::of(terms.collect(), limit)
    }

    fn docs(&self, field: Option<Field>, form: Form, text: &str) -> u64 {
        let key = (field.map(|field| field.name().into_owned()), form, text.to_string());
        self.forms.get(&key).map_or(0, |docs| docs.len() as u64)
    }

    fn names(&self, kind: Option<EntityKind>, pattern: &NamePattern, whole: bool) -> Vec<KnownName> {
        let of_kind = self.names.iter().filter(|(known, ..)| kind.is_none_or(|kind| kind == *known));
        let text = pattern.text().unwrap_or_default();
        let found = of_kind.filter(|(kind, words, name)| {
            pattern.matches(words, whole) || is_named(*kind, &key(*kind, &text), &name.key, whole)
        });
        found.map(|(.., name)| name.clone()).collect()
    }
}
