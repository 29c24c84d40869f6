// Reads facts that others wrote: our own export, the graph of the reference memory server (entities, relations), lines
// of JSON, and notes in Markdown. Members are taken one by one and what is missing comes from `usual`, so one reader
// serves all of them; a file never raises the trust that its importer has.
#include "memory/memory.h"

#include <algorithm>
#include <map>
#include <set>

#include "secrets/find.h"
#include "syntax/put.h"
#include "syntax/yaml.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "unicode/utf8.h"

namespace cascade::memory {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr syntax::NodeLimits limits{.bytes = 64 << 20, .depth = 16, .nodes = 2'000'000, .alias_nodes = 0};

std::string scalar_of(const Node& object, std::string_view key) {
  const Node* const value = object.find(key);
  return value != nullptr && value->kind != NodeKind::map && value->kind != NodeKind::list &&
                 value->kind != NodeKind::null
             ? value->text
             : std::string();
}

std::int64_t seconds_of(const Node& object, std::string_view key, bool end) {
  const std::string date = scalar_of(object, key);
  return (end ? recall::end_of_day(date) : recall::begin_of_day(date)).value_or(0);
}

// A file may lower the trust that its importer has, not raise it.
std::uint32_t trust_of(const Node& object, std::uint32_t usual) {
  std::uint32_t trust = 0;
  const std::string text = scalar_of(object, "trust");
  for (const char c : text) {
    if (!letters::is_digit(c) || trust > recall::full_trust) return usual;
    trust = trust * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return text.empty() ? usual : std::min(trust, usual);
}

// A fact of our own export; whatever it leaves out is taken from `usual`.
Fact fact_of(const Node& object, const Fact& usual) {
  Fact fact = usual;
  const auto take = [&](std::string_view key, std::string& into) {
    if (std::string value = scalar_of(object, key); !value.empty()) into = std::move(value);
  };
  take("id", fact.id);
  take("owner", fact.owner);
  take("subject", fact.subject);
  take("text", fact.text);
  take("kind", fact.kind);
  take("source", fact.source);
  take("author", fact.author);
  take("superseded_by", fact.superseded_by);
  take("claim", fact.claim);
  take("why", fact.why);
  fact.scope = recall::parse_scope(scalar_of(object, "scope")).value_or(usual.scope);
  fact.state = recall::parse_state(scalar_of(object, "state")).value_or(usual.state);
  fact.trust = trust_of(object, usual.trust);
  if (const std::int64_t learned = seconds_of(object, "learned", false); learned > 0) fact.learned = learned;
  if (const std::int64_t at = std::atoll(scalar_of(object, "learned_at").c_str()); at > 0) fact.learned = at;
  fact.valid_until = seconds_of(object, "valid_until", true);
  return fact;
}

// Turns "supersedes" of a newer fact into "superseded_by" of the older one.
void turn_around(std::vector<Fact>& facts, const std::map<std::string, std::string>& newer_of) {
  for (Fact& fact : facts)
    if (const auto at = newer_of.find(fact.id); at != newer_of.end() && fact.superseded_by.empty())
      fact.superseded_by = at->second;
}

// An entity of the memory server's graph: its observations are joined into facts of comfortable length.
void add_entity(const Node& entity, const Fact& usual, std::vector<Fact>& facts) {
  const std::string name = scalar_of(entity, "name");
  const Node* const observations = entity.find("observations");
  if (name.empty() || observations == nullptr || observations->kind != NodeKind::list) return;
  std::size_t part = 1;
  Fact fact = usual;
  const auto flush = [&] {
    if (fact.text.empty()) return;
    fact.subject = part == 1 ? name : name + " (" + std::to_string(part) + ")";
    ++part;
    facts.push_back(fact);
    fact.text.clear();
  };
  if (const std::string type = scalar_of(entity, "entityType"); !type.empty()) fact.kind = type;
  for (const Node& observation : observations->items) {
    constexpr std::size_t comfortable = 400;  // bytes of one fact
    if (observation.kind == NodeKind::map || observation.kind == NodeKind::list || observation.kind == NodeKind::null)
      continue;
    if (!fact.text.empty() && fact.text.size() + observation.text.size() > comfortable) flush();
    fact.text += (fact.text.empty() ? "" : "; ") + observation.text;
  }
  flush();
}

// {"from": "api", "to": "billing", "relationType": "depends_on"} becomes "api depends on billing".
void add_relation(const Node& relation, const Fact& usual, std::vector<Fact>& facts) {
  const std::string from = scalar_of(relation, "from"), to = scalar_of(relation, "to"),
                    type = scalar_of(relation, "relationType");
  if (from.empty() || to.empty()) return;
  Fact fact = usual;
  fact.kind = "relation";
  fact.subject = from + ", " + to;
  fact.text = from + " " + (type.empty() ? "belongs to" : type) + " " + to;
  std::replace(fact.text.begin(), fact.text.end(), '_', ' ');
  facts.push_back(std::move(fact));
}

void add_object(const Node& object, const Fact& usual, std::vector<Fact>& facts,
                std::map<std::string, std::string>& newer_of) {
  const std::string type = scalar_of(object, "type");
  if (type == "entity" || object.find("observations") != nullptr) return add_entity(object, usual, facts);
  if (type == "relation" || object.find("relationType") != nullptr) return add_relation(object, usual, facts);
  facts.push_back(fact_of(object, usual));
  if (const std::string older = scalar_of(object, "supersedes"); !older.empty()) newer_of[older] = facts.back().id;
}

void add_all_of(const Node& list, const Fact& usual, std::vector<Fact>& facts,
                std::map<std::string, std::string>& newer_of) {
  if (list.kind != NodeKind::list) return;
  for (const Node& item : list.items)
    if (item.kind == NodeKind::map) add_object(item, usual, facts, newer_of);
}

// One JSON document, or one object on each line. A line that is no object is told of with its place: a program that was
// killed leaves a torn line, and the facts around it are whole.
Result<ReadFacts> read_json(std::string_view text, const std::string& path, const Fact& usual) {
  ReadFacts read;
  std::vector<Fact>& facts = read.facts;
  std::map<std::string, std::string> newer_of;
  const syntax::Parsed whole = syntax::parse_json(text, limits);
  if (whole.complete && (whole.root.kind == NodeKind::map || whole.root.kind == NodeKind::list)) {
    bool lists = false;
    add_all_of(whole.root, usual, facts, newer_of);
    for (const std::string_view key : {"entities", "relations", "facts"})
      if (const Node* const list = whole.root.find(key)) {
        lists = true;
        add_all_of(*list, usual, facts, newer_of);
      }
    if (!lists && whole.root.kind == NodeKind::map) add_object(whole.root, usual, facts, newer_of);
    turn_around(facts, newer_of);
    return read;
  }
  for (const letters::Line line : letters::lines(text)) {
    const std::string_view object = letters::trim(line);
    if (object.empty()) continue;
    const syntax::Parsed parsed = syntax::parse_json(object, limits);
    if (parsed.complete && parsed.root.kind == NodeKind::map)
      add_object(parsed.root, usual, facts, newer_of);
    else
      read.refused.push_back(path + ":" + std::to_string(line.number) + ": this line is not a JSON object");
  }
  if (facts.empty() && !read.refused.empty())
    return Error{ErrorCode::malformed, "no line of it is a JSON object with a fact", path,
                 "lines of JSON, one fact each"};
  turn_around(facts, newer_of);
  return read;
}

// Reads notes in Markdown line by line. Only the grouping of words matters, not how they are rendered.
class Notes {
 public:
  explicit Notes(const Fact& usual) : usual_(usual) {}

  std::vector<Fact> read(std::string_view text) {
    text.remove_prefix(front_matter(text));
    for (const std::string_view line : letters::lines(text)) take(line);
    flush();
    return std::move(facts_);
  }

 private:
  // Takes what a client writes above its notes, and returns how many bytes that were.
  std::size_t front_matter(std::string_view text) {
    if (!text.starts_with("---\n") && !text.starts_with("---\r\n")) return 0;
    const std::size_t begin = text.find('\n') + 1, end = text.find("\n---", begin - 1);
    if (end == std::string_view::npos) return 0;
    const syntax::Parsed parsed = syntax::parse_settings(text.substr(begin, std::max(begin, end) - begin));
    if (parsed.root.kind == NodeKind::map) {
      heading_ = scalar_of(parsed.root, "name");
      const Node* const more = parsed.root.find("metadata");
      for (const Node* const place : {&parsed.root, more})
        if (place != nullptr && place->kind == NodeKind::map && kind_.empty()) kind_ = scalar_of(*place, "type");
      text_ = scalar_of(parsed.root, "description");
      flush();
    }
    return std::min(text.find('\n', end + 1), text.size());
  }

  void take(std::string_view line) {
    const std::string_view bare = letters::trim(line);
    if (bare.substr(0, 3) == "```" || bare.substr(0, 3) == "~~~") {
      fenced_ = !fenced_;
      return;
    }
    if (!fenced_ && bare.substr(0, 3) == "---" && text_.empty()) return;
    if (bare.substr(0, 4) == "<!--") return;
    if (fenced_) return add(bare);
    if (bare.empty()) return flush();
    if (bare.front() == '#') {
      flush();
      heading_ = std::string(letters::trim(bare.substr(std::min(bare.find_first_not_of('#'), bare.size()))));
      return;
    }
    if (bare.front() == '@' && bare.find(' ') == std::string_view::npos) return;  // another file's content
    const std::size_t item = item_begin(bare);
    if (item == 0) return add(bare);
    if (letters::is_blank(line.front()) && !text_.empty()) return add(bare.substr(item));  // part of the item above
    flush();
    add(bare.substr(item));
  }

  // Where the text of a list item begins, after its mark, number or box; 0: the line is not an item.
  static std::size_t item_begin(std::string_view line) {
    if (line.size() > 2 && std::string_view("-*+").find(line[0]) != std::string_view::npos && line[1] == ' ')
      return line.substr(2, 4) == "[ ] " || line.substr(2, 4) == "[x] " ? 6 : 2;
    std::size_t digits = 0;
    while (digits < line.size() && letters::is_digit(line[digits])) ++digits;
    return digits > 0 && line.substr(digits, 2) == ". " ? digits + 2 : 0;
  }

  void add(std::string_view text) {
    if (text.empty()) return;
    if (!text_.empty()) text_ += fenced_ && text_.back() != ':' ? "; " : " ";
    text_ += text;
  }

  // Ends a note. "Subject: text" gives both; otherwise the heading above is the subject. Subjects are made distinct,
  // because a second fact of one subject would take the place of the first.
  void flush() {
    std::string text = std::exchange(text_, {});
    text.erase(std::remove(text.begin(), text.end(), '*'), text.end());
    if (text.size() < 8 || text.front() == '|') return;
    Fact fact = usual_;
    fact.kind = kind_.empty() ? "note" : kind_;
    const std::size_t colon = text.find(": ");
    constexpr std::size_t most_subject = 60;
    if (colon != std::string::npos && colon <= most_subject && text.find('.') > colon) {
      fact.subject = std::string(letters::trim(text.substr(0, colon)));
      fact.text = std::string(letters::trim(text.substr(colon + 2)));
    } else {
      fact.subject = heading_.empty() ? "notes" : heading_;
      fact.text = text;
    }
    fact.subject.erase(std::remove(fact.subject.begin(), fact.subject.end(), '`'), fact.subject.end());
    if (fact.subject.size() > most_subject) fact.subject = beginning(fact.subject, most_subject);
    make_distinct(fact.subject);
    if (fact.text.size() > max_text_bytes) fact.text = beginning(fact.text, max_text_bytes - 100);
    facts_.push_back(std::move(fact));
  }

  // Numbers a subject that is taken. Numbers that were given are not tried again: a file may have thousands of notes
  // below one heading.
  void make_distinct(std::string& subject) {
    const std::string base = subject;
    int& number = numbers_.try_emplace(letters::to_lower(base), 1).first->second;
    while (!subjects_.insert(letters::to_lower(subject)).second) subject = base + " (" + std::to_string(++number) + ")";
  }

  static std::string beginning(const std::string& text, std::size_t most) {
    return unicode::replace_invalid(std::string_view(text).substr(0, text.rfind(' ', most)));
  }

  const Fact& usual_;
  std::vector<Fact> facts_;
  std::set<std::string> subjects_;      // in lower case
  std::map<std::string, int> numbers_;  // the last number that a subject was given
  std::string heading_, text_, kind_;
  bool fenced_ = false;
};

}  // namespace

std::string write_lines(const std::vector<Fact>& facts) {
  std::string out;
  for (const Fact& fact : facts) {
    syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
    // A fact may be older than the form of the secret in it.
    const auto safe = [](const std::string& text) { return secrets::redacted(text).text; };
    put(json.begin_object(), "id", fact.id, "scope", fact.scope, "owner", fact.owner, "subject", safe(fact.subject),
        "text", safe(fact.text), "kind", fact.kind, "source", safe(fact.source), "author", fact.author, "trust",
        fact.trust, "state", fact.state, "learned", recall::date_of(fact.learned), "learned_at", fact.learned,
        "valid_until", syntax::or_null(recall::date_of(fact.valid_until)), "superseded_by",
        syntax::or_null(fact.superseded_by));
    if (!fact.claim.empty()) json.key("claim").string(fact.claim);
    if (!fact.why.empty()) json.key("why").string(fact.why);
    out += json.end_object().take() + "\n";
  }
  return out;
}

Result<ReadFacts> read_facts(std::string_view text, const std::string& path, const Fact& usual) {
  if (text.starts_with(unicode::byte_order_mark)) text.remove_prefix(unicode::byte_order_mark.size());
  const std::string_view begin = letters::trim_left(text);
  const bool json = !begin.empty() && (begin.front() == '{' || begin.front() == '[');
  auto read = json ? read_json(text, path, usual) : Result<ReadFacts>({Notes(usual).read(text), {}});
  if (read && read->facts.empty())
    return Error{ErrorCode::misuse, "there is no fact in it", path, "cascade help memory"};
  return read;
}

}  // namespace cascade::memory
