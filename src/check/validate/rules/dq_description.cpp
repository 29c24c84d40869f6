// Rules about descriptions, which decide whether a model picks a manifest: too little content, no occasion, the wrong
// speaker, markup, placeholders, length. Wording is judged in English only. When something is left over from a template
// nothing else is said, since the text will be written anew.
#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"
#include "validate/reading/plugins.h"
#include "validate/reading/text_model.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

using syntax::Node;

constexpr std::size_t least_letters = 20, least_content_words = 3, long_description = 1024, cut_description = 1536;

// "when-a-ship-waits-use-the-tide-table": listed with the description, and it says when.
bool names_occasion(std::string_view name) {
  const std::string_view own = letters::last_part(name);
  return own.starts_with("when-") || has_part(own, {"-when-"});
}

// "Use the tide table to plan a trip", "Use `tide` for tables": what it is for, as an order.
bool says_what_for(std::string_view sentence) {
  std::size_t length = 0;
  return (begins_with_phrase(sentence, "use", length) || begins_with_phrase(sentence, "always use", length)) &&
         find_phrase(sentence, {"to", "for"}) != std::string_view::npos;
}

bool a_sentence_says_what_for(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(". ", begin), text.size());
    if (says_what_for(letters::trim(text.substr(begin, end - begin)))) return true;
    begin = end + 1;
  }
  return false;
}

// Generous: a description that tells the occasion in an unusual way is worse to report than one that is missed.
bool says_when(std::string_view text) {
  if (has_phrase(text, lists::occasions) || a_sentence_says_what_for(text)) return true;
  bool behind_for = false;  // "for cutting a release"
  for (WordCursor words(text); words.next();) {
    const std::string_view word = words.word();
    if (behind_for && word.size() > 4 && letters::equals_lower(word.substr(word.size() - 3), "ing")) return true;
    behind_for = letters::equals_lower(word, "for");
  }
  return false;
}

std::string_view first_sentence(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\n' ||
        ((text[i] == '.' || text[i] == '!') && (i + 1 == text.size() || letters::is_space(text[i + 1]))))
      return text.substr(0, i);
  return text;
}

// "You are an expert", "You can use this"; not the order "You must use this".
bool speaks_of_reader(std::string_view behind) {
  constexpr std::string_view verbs[] = {"are", "can", "will", "get", "have"};
  return begins_with_one_of(behind, verbs);
}

// The first word by which a sentence speaks as a person; empty when it does not.
std::string_view speaker(std::string_view sentence) {
  bool first = true;
  for (WordCursor words(sentence); words.next(); first = false) {
    const std::string_view word = words.word();
    const char next = words.end() < sentence.size() ? sentence[words.end()] : ' ';
    const char before = words.begin() > 0 ? sentence[words.begin() - 1] : ' ';
    if (next == '/' || before == '/' || before == '-' || next == '-') continue;  // I/O, phase-I
    if (sentence.substr(0, words.begin()).ends_with("as ") && sentence.substr(words.end()).starts_with(" go"))
      continue;  // "as we go"
    const bool plain_i = word == "I" && (first || letters::is_space(before)) && letters::is_space(next);
    if (plain_i || letters::is_one_of(word, {"I'm", "I'll", "I've", "I'd"})) return word;
    if (letters::is_one_of_lower(word, {"we", "we're", "we'll"})) return word;
    if (first && letters::equals_lower(word, "you") && speaks_of_reader(sentence.substr(words.end()))) return word;
  }
  return {};
}

// Behind the </example> of an <example> that begins at `at`, by whatever name ("good_example"); `at` when none does.
// One that is not closed goes on to the end.
std::size_t end_of_example(std::string_view text, std::size_t at) {
  const std::size_t close = text.find('>', at);
  if (close == std::string_view::npos || close - at > 40) return at;
  const std::string_view name = text.substr(at + 1, close - at - 1);
  if (name.empty() || !letters::is_letter(name.front()) || name.find("xample") == std::string_view::npos) return at;
  const std::string ending = "</" + std::string(name.substr(0, name.find(' '))) + ">";
  const std::size_t end = text.find(ending, close);
  return end == std::string_view::npos ? text.size() - 1 : end + ending.size() - 1;
}

bool is_word_of_tags(std::string_view word) { return letters::is_one_of_lower(word, lists::tag_words); }

// "<crate list>", "<ID or URL>": several words that no tag has. A tag has one word and what it is given.
bool is_phrase(std::string_view inside) {
  constexpr std::ptrdiff_t most_blanks = 4;
  if (inside.find(' ') == std::string_view::npos || is_word_of_tags(inside.substr(0, inside.find(' ')))) return false;
  const auto is_of_phrase = [](char c) { return letters::is_letter_or_digit(c) || c == ' ' || c == '-'; };
  return std::ranges::all_of(inside, is_of_phrase) && std::ranges::count(inside, ' ') <= most_blanks;
}

bool is_closed(std::string_view text, std::string_view word) {
  return text.find("</" + std::string(word) + ">") != std::string_view::npos;
}

// "make slides of <file>": a word to be filled in, in a phrase that a user says.
bool is_placeholder_in_quotation(std::string_view text, std::size_t at, std::string_view word) {
  const auto is_of_word = [](char c) { return letters::is_lower(c) || c == '-' || c == '_'; };
  if ((!std::ranges::all_of(word, is_of_word) && !is_phrase(word)) || is_closed(text, word)) return false;
  return std::ranges::count(text.substr(0, at), '"') % 2 == 1 && text.find('"', at) != std::string_view::npos;
}

// "Use x --preset <name>", "for issue <issue#>", "<ID or URL>", "<data.csv>": what the reader puts in, which opens
// nothing.
bool is_to_be_filled_in(std::string_view text, std::string_view tag) {
  const std::string_view word = tag.substr(1, tag.size() - 2);
  const auto is_of_word = [](char c) { return letters::is_name(c) || c == '#' || c == '|' || c == '.'; };
  return (is_phrase(word) || (std::all_of(word.begin(), word.end(), is_of_word) && !is_word_of_tags(word))) &&
         !is_closed(text, word);
}

// "<the agent is started here>": a remark in the script of a scene. A tag has one word and what it is given.
bool is_stage_direction(std::string_view inside) {
  return inside.find(' ') != std::string_view::npos && inside.find('=') == std::string_view::npos &&
         !inside.ends_with('/');
}

// <example>, <good_example>, <example n="1">, <commentary>: how the client's agents show when they are called.
bool is_tag_of_scenes(std::string_view inside) {
  const std::string_view word = inside.substr(0, inside.find(' '));
  return word == "commentary" || word.ends_with("example") || word.ends_with("examples");
}

// What find_tag leaves out: nothing, the tags around scenes but not what stands between them, or the scenes whole.
enum class Passing : std::uint8_t { nothing, tags_of_scenes, scenes };

// The first at or behind `from`: <tag>, </tag>, <tag a="b">; not a<b>, <a@b>, <https://...>.
std::string_view find_tag(std::string_view text, Passing passing, std::size_t from = 0) {
  const bool scenes_pass = passing == Passing::scenes;
  for (std::size_t at = text.find('<', from); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (const std::size_t end = scenes_pass ? end_of_example(text, at) : at; end > at) {
      at = end;
      continue;
    }
    if (at > 0 && letters::is_word(text[at - 1])) continue;
    std::size_t name = at + 1;
    if (name < text.size() && text[name] == '/') ++name;
    if (name >= text.size() || !letters::is_letter(text[name])) continue;
    const std::size_t close = text.find_first_of("<>", name);
    if (close == std::string_view::npos || text[close] != '>') continue;
    const std::string_view inside = text.substr(name, close - name);
    if (is_placeholder_in_quotation(text, at, inside)) continue;
    if (has_part(inside, {"@", "://"}) || (passing != Passing::nothing && is_tag_of_scenes(inside)) ||
        (scenes_pass && is_stage_direction(inside)))
      continue;
    return text.substr(at, close - at + 1);
  }
  return {};
}

// "Placeholder code analyzer for stubs": what is found, not what was forgotten, which has little behind it.
bool is_all_but_alone(std::string_view behind) {
  constexpr std::size_t most = 4;
  std::size_t count = 0;
  for (WordCursor words(behind); words.next() && count <= most;) ++count;
  return !behind.starts_with('-') && (count <= most || !behind.starts_with(' '));
}

// Returns text left over from a template; empty: none.
std::string_view find_placeholder(std::string_view text) {
  text = letters::trim(text);
  const std::size_t open = text.find_first_not_of("[<{(");
  const std::string_view inner = text.substr(std::min(open, text.size()));
  for (const std::string_view word : {"TODO", "TBD", "FIXME", "XXX"})
    if (inner.starts_with(word) && (inner.size() == word.size() || !letters::is_name(inner[word.size()]))) return word;
  std::size_t length = 0;
  for (const std::string_view start :
       {"describe what", "describe the skill", "describe this", "your description", "brief description of",
        "short description of", "insert description", "insert your", "insert a description", "a description of what",
        "description here", "what this skill does", "what this agent does", "what this command does", "replace with",
        "placeholder text", "placeholder description", "placeholder for"})
    if (begins_with_phrase(inner, start, length)) return inner.substr(0, length);
  if (begins_with_phrase(inner, "placeholder", length) && is_all_but_alone(inner.substr(length)))
    return inner.substr(0, length);
  for (const std::string_view anywhere : {"lorem ipsum", "<your", "[your ", "{your", "<insert", "[insert", "<describe",
                                          "[describe", "{what this", "{describe", "your description here"})
    if (const std::size_t at = find_phrase(text, {anywhere}); at != std::string_view::npos)
      return text.substr(at, anywhere.size());
  // [TODO: ...] in the middle
  for (const std::string_view bracketed : {"[TODO", "<TODO", "{TODO", "[TBD", "[FIXME"})
    if (const std::size_t at = text.find(bracketed); at != std::string_view::npos)
      return text.substr(at, bracketed.size());
  return {};
}

std::size_t count_characters(const Node* value) {
  if (is_text(value)) return unicode::count_code_points(value->text);
  std::size_t characters = 0;
  if (is_list(value))
    for (const Node& item : value->items) characters += count_characters(&item);
  return characters;
}

void check_trigger_volume(const Document& document, Findings& findings) {
  constexpr std::string_view keys[] = {"triggers", "cascade-triggers", "keywords",
                                       "tags",     "trigger_keywords", "trigger_phrases"};
  const Node* longest = nullptr;
  std::size_t characters = 0, most = 0;
  const auto add = [&](const Node* value) {
    const std::size_t count = count_characters(value);
    characters += count;
    if (count > most) longest = value;
    most = std::max(most, count);
  };
  for (const std::string_view key : keys) {
    add(document.field(key));
    add(document.metadata(key));
  }
  if (characters > long_description)
    findings.add("DQ007", document.at(*longest),
                 "the triggers have " + std::to_string(characters) + " characters together",
                 "keep the phrases that people really say: 1,024 characters at most");
}

class DescriptionCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    name();
    const Node* value = document_.field("description");
    if (!is_text(value) || letters::trim(value->text).empty()) return;
    value_ = value;
    at_ = document_.at(*document_.field_key("description"));
    markup("description", *value);
    length();
    if (const std::string_view found = find_placeholder(value->text); !found.empty()) {
      findings_.add("DQ006", at_, "the description still says \"" + std::string(found) + "\"",
                    "describe the real thing");
      return;
    }
    if (document_.role() == Role::command) return;
    vague();
    const std::string said = without_quotations(value->text);
    if (const std::string_view who = speaker(first_sentence(said)); !who.empty())
      findings_.add("DQ004", at_, "the description speaks as \"" + std::string(who) + "\"",
                    "say what it does: \"Writes ...\", \"Checks ...\"");
    trigger();
  }

 private:
  void name() {
    const Node* name = document_.field("name");
    if (!is_text(name)) return;
    markup("name", *name);
    if (const std::string_view found = find_placeholder(name->text); !found.empty())
      findings_.add("DQ006", document_.at(*name), "the name still says \"" + std::string(found) + "\"",
                    "name the real thing");
  }

  void markup(const char* field, const Node& value) {
    const bool standard = findings_.profile() == Profile::agent_skills, of_agent = document_.role() == Role::agent;
    const Passing passing = of_agent ? Passing::scenes : standard ? Passing::nothing : Passing::tags_of_scenes;
    std::string_view tag = find_tag(value.text, passing);
    const bool of_scene = tag.empty() && passing == Passing::tags_of_scenes;
    if (of_scene) tag = find_tag(value.text, Passing::nothing);
    if (tag.empty()) return;
    const std::string_view first = tag;  // a word to be filled in does not hide a tag behind it
    const std::string_view text = value.text;
    while (!standard && !tag.empty() && is_to_be_filled_in(text, tag))
      tag = find_tag(text, passing, static_cast<std::size_t>(tag.data() - text.data()) + 1);
    if (tag.empty()) {
      findings_.add("DQ005", Severity::info, document_.at_part(value, first),
                    std::string(field) + " holds " + std::string(first) + ", which upload surfaces refuse as a tag",
                    "write it in capitals, without brackets");
      return;
    }
    findings_.add(
        "DQ005", of_scene ? std::optional(Severity::warning) : std::nullopt, document_.at_part(value, tag),
        std::string(field) + " holds the tag " + std::string(tag) + (of_scene ? ", which upload surfaces refuse" : ""),
        of_scene ? "write plain words, as in \"Example: ...\"" : "write plain words");
  }

  void length() {
    if (document_.role() == Role::agent) return;  // the client lists those whole
    const Node* when = document_.field("when_to_use");
    const std::size_t own = unicode::count_code_points(value_->text);
    const std::size_t all = own + (is_text(when) ? unicode::count_code_points(when->text) : 0);
    if (findings_.profile() != Profile::agent_skills && all > cut_description)
      findings_.add("BD001", Severity::error, at_,
                    "description and when_to_use have " + std::to_string(all) + " characters; the client cuts at " +
                        std::to_string(cut_description),
                    "1,024 at most; details belong in the body");
    else if (own > long_description)
      findings_.add("BD001", at_, "the description has " + std::to_string(own) + " characters",
                    "1,024 at most; details belong in the body");
  }

  void vague() {
    const std::string name = document_.manifest() ? std::string(document_.manifest()->name) : std::string();
    const std::size_t letters = count_letters(value_->text);
    if (letters < least_letters)
      findings_.add("DQ001", at_,
                    "the description has " + std::to_string(letters) + (letters == 1 ? " letter" : " letters"),
                    "say what it does and when to use it");
    else if (count_content_words(value_->text, name) < least_content_words)
      findings_.add("DQ001", at_, "the description says no more than the name does",
                    "say what it does and when to use it");
  }

  void trigger() {
    const Node* when = document_.field("when_to_use");
    const Node* closed = document_.field("disable-model-invocation");
    if ((is_text(when) && !when->text.empty()) || (closed != nullptr && letters::equals_lower(closed->text, "true")) ||
        (document_.manifest() && names_occasion(document_.manifest()->name)) || is_deprecated(value_->text) ||
        !is_english(value_->text) || says_when(value_->text))
      return;
    findings_.add("DQ002", at_, "the description does not say when", "add \"Use when ...\"");
  }

  const Node* value_ = nullptr;
  Location at_;
};

}  // namespace

void check_descriptions(const Context& context, const Document& document, Findings& findings) {
  if (!is_manifest(document.role()) || !document.parsed().complete) return;
  DescriptionCheck(context, document, findings).run();
  check_trigger_volume(document, findings);
}

// Descriptions that share nine words in ten. Each is a set of words, sorted from the rarest on, and is compared only
// with those that share one of its rarest tenth; of each word only with the last 64, so that a library of copies is not
// quadratic.
namespace {

constexpr unsigned nearly_equal = 900;                        // in thousandths of all words
constexpr std::size_t least_words = 4, most_candidates = 64;  // of a description; of each rare word, the last ones

struct Described {
  const ManifestFacts* facts = nullptr;
  WordSet words, rare_first;
};

void order_words(std::vector<Described>& all) {
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  for (const Described& one : all)
    for (const std::uint64_t word : one.words) ++counts[word];
  std::vector<std::pair<std::uint32_t, std::uint64_t>> order;  // the number of sets with the word, and the word
  for (Described& one : all) {
    order.clear();
    for (const std::uint64_t word : one.words) order.emplace_back(counts.at(word), word);
    std::sort(order.begin(), order.end());
    for (const auto& [count, word] : order) one.rare_first.push_back(word);
  }
}

// Two sets that share nine words in ten also share one of their rarest tenth: only those words are looked up.
template <typename Visit>
void for_each_similar_pair(const std::vector<Described>& all, const Visit& visit) {
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_word;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    const std::size_t prefix = all[i].words.size() / 10 + 1;
    std::vector<std::uint32_t> candidates;
    for (std::size_t w = 0; w < prefix; ++w) {
      std::vector<std::uint32_t>& others = by_word[all[i].rare_first[w]];
      const std::size_t from = others.size() - std::min(others.size(), most_candidates);
      candidates.insert(candidates.end(), others.begin() + static_cast<std::ptrdiff_t>(from), others.end());
      others.push_back(i);
    }
    letters::sort_once(candidates);
    const auto similar = std::ranges::find_if(
        candidates, [&](std::uint32_t other) { return similarity(all[other].words, all[i].words) >= nearly_equal; });
    if (similar != candidates.end()) visit(all[*similar], all[i]);
  }
}

// The words of a name, with those of its plugin.
std::string spaced(std::string_view name) {
  std::string words(name);
  std::ranges::replace_if(
      words, [](char c) { return c == '-' || c == '_' || c == ':'; }, ' ');
  return words;
}

bool has(const WordSet& words, std::uint64_t word) { return std::binary_search(words.begin(), words.end(), word); }

// Whether a description says what its name says and the other's name does not: "... for frontend tasks" of
// frontend-planner beside backend-planner.
bool says_own_name(std::string_view name, std::string_view other_name, const WordSet& description) {
  const WordSet own = word_set(spaced(name)), other = word_set(spaced(other_name));
  return std::ranges::any_of(own, [&](std::uint64_t word) { return !has(other, word) && has(description, word); });
}

}  // namespace

void check_duplicate_descriptions(const Context& context, const std::vector<ManifestFacts>& manifests,
                                  Findings& findings) {
  if (!findings.runs("DQ003")) return;
  for (const Role role : {Role::skill, Role::agent, Role::command}) {
    std::vector<Described> all;
    for (const ManifestFacts& facts : manifests)
      if (facts.role == role && !facts.description.empty() && !is_deprecated(facts.description)) {
        Described one{&facts, word_set(facts.description), {}};
        if (one.words.size() >= least_words) all.push_back(std::move(one));
      }
    std::ranges::sort(all, {}, [](const Described& one) { return std::string_view(one.facts->name_at.path); });
    order_words(all);
    for_each_similar_pair(all, [&](const Described& first, const Described& second) {
      const ManifestView other = context.registry[first.facts->id];
      const ManifestView own = context.registry[second.facts->id];
      if (other.name == own.name) return;  // ID005 reports this
      if (first.facts->description != second.facts->description && says_own_name(own.name, other.name, second.words) &&
          says_own_name(other.name, own.name, first.words))
        return;
      // Copies in plugins that are installed one by one.
      const bool apart = first.facts->in_plugin && second.facts->in_plugin && first.facts->base != second.facts->base;
      findings
          .add("DQ003", apart ? std::optional(Severity::info) : std::nullopt, second.facts->description_at,
               "the description is nearly that of " + unicode::displayable(other.name), "say how the two differ")
          .related.push_back({first.facts->description_at, "the other"});
    });
  }
}

}  // namespace cascade::validation
