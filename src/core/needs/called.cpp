// Beside a word of kind stands a name, before them the verb of a call; the clause up to it is an order or nothing.
// Behind the two it ends or goes on with a function word: "the X skill tree" is about a tree.

#include <algorithm>
#include <optional>

#include "needs/message.h"
#include "text/letter_case.h"

namespace cascade::needs {
namespace {

namespace said = prompt::roles;
using prompt::CallMark, prompt::Token;

constexpr std::size_t call_reach = 8, least_name = 3, longest_called = 64;

bool is_run(char c) {  // may be within a name, or shows that the run is none: "src/x.cpp", "user@host"
  return letters::is_letter_or_digit(c) || std::string_view("-_:./@\\#~$%+").find(c) != std::string_view::npos;
}

bool is_identifier(std::string_view name) {
  return name.size() >= least_name && name.size() <= longest_called && letters::is_letter(name.front()) &&
         letters::is_letter_or_digit(name.back()) && name.find("::") == std::string_view::npos &&
         name.find("__") == std::string_view::npos && std::ranges::all_of(name, [](char c) {
           return letters::is_letter_or_digit(c) || c == '-' || c == '_' || c == ':';
         });
}

bool is_joined(std::string_view name) { return name.find_first_of("-_:") != std::string_view::npos; }

// "built-in", "project-level", "user-provided".
bool is_adjective(std::string_view name) {
  const std::size_t hyphen = name.rfind('-');
  if (hyphen == std::string_view::npos) return false;
  const std::string_view last = name.substr(hyphen + 1);
  return last.ends_with("ed") || (prompt::roles_of(last) & said::compound) != 0;
}

// The words of a text; "X-Skill" is two.
std::vector<Token> tokens_of(std::string_view text) {
  std::vector<Token> tokens;
  prompt::TokenReader reader(text);
  for (Token token; reader.next(token);) {
    if (const std::uint32_t kind = prompt::kind_at_end(text, token, said::skill); kind != 0) {
      tokens.push_back({token.begin, kind - 1, 0, false});
      token = {kind, token.end, said::skill, false};
    }
    tokens.push_back(token);
  }
  return tokens;
}

// A name and its word of kind. The words from `begin` to `end` are both.
struct Phrase {
  std::size_t begin = 0, end = 0, kind = 0;
  std::string_view name;
  bool quoted = false, announced = false;  // announced: "the skill called X", "den X-Skill"
  bool behind() const { return begin == kind; }
};

// The words of a text, and the phrases of a name and a word of kind among them.
class Phrases {
 public:
  Phrases(std::string_view text, std::string_view language)
      : text_(text), language_(language), tokens_(tokens_of(text)) {}

 protected:
  std::string_view gap_before(std::size_t word) const {
    const std::uint32_t from = word == 0 ? 0 : tokens_[word - 1].end;
    return text_.substr(from, tokens_[word].begin - from);
  }
  bool is_unspaced() const { return language_ == "zh" || language_ == "ja" || language_ == "ko"; }
  static bool is_quote(char c) { return c == '`' || c == '"'; }

  // The run of characters without a blank that ends, or begins, at an offset.
  std::string_view run_to(std::size_t end) const { return letters::run_at_end(text_.substr(0, end), is_run); }
  std::string_view run_from(std::size_t begin) const {
    const std::string_view run = letters::run_at_begin(text_.substr(begin), is_run);
    return run.substr(0, run.find_last_not_of(".:") + 1);
  }

  std::optional<Phrase> phrase(std::string_view name, std::size_t kind) const {
    const auto at = static_cast<std::size_t>(name.data() - text_.data());
    Phrase found{kind, kind + 1, kind, name, at > 0 && is_quote(text_[at - 1])};
    while (found.begin > 0 && tokens_[found.begin - 1].begin >= at) --found.begin;
    while (found.end < tokens_.size() && tokens_[found.end].begin < at + name.size()) ++found.end;
    return found;
  }

  std::optional<Phrase> name_before(std::size_t kind) const {
    if (kind == 0) return std::nullopt;
    const std::string_view gap = gap_before(kind);
    if (prompt::ends_clause(gap) || gap.find_first_of(":\n/@<>") != std::string_view::npos) return std::nullopt;
    auto found = phrase(run_to(tokens_[kind - 1].end), kind);
    found->announced = gap == "-";
    return found;
  }

  std::optional<Phrase> name_behind(std::size_t kind) const {
    std::size_t next = kind + 1;
    bool announced = false;
    for (; next < tokens_.size(); ++next) {
      if (prompt::ends_clause(gap_before(next))) return std::nullopt;
      if ((tokens_[next].roles & said::named) == 0) break;
      announced = true;
    }
    if (next >= tokens_.size()) return std::nullopt;
    auto found = phrase(run_from(tokens_[next].begin), kind);
    found->announced = announced;
    return found;
  }

  // Whether the words go on as they do behind a whole phrase.
  bool goes_on(std::size_t word) const {
    if (word >= tokens_.size() || prompt::ends_clause(gap_before(word))) return true;
    constexpr prompt::Roles closed = said::filler | said::of | said::and_also | said::idle | said::points | said::self |
                                     said::but | said::without | said::by | said::call_after | said::at;
    constexpr Roles function = roles::preposition | roles::between | roles::joins | roles::aside | roles::adverb |
                               roles::pointing | roles::determiner | roles::infinitive | roles::subject |
                               roles::politeness;
    const Token& token = tokens_[word];
    return (token.roles & closed) != 0 ||
           has_role(language_, letters::to_lower(text_.substr(token.begin, token.end - token.begin)), function);
  }

  std::string_view text_, language_;
  std::vector<Token> tokens_;
};

class CallReader : Phrases {
 public:
  CallReader(std::string_view text, std::string_view language)
      : Phrases(text, language),
        message_(text, {{0, static_cast<std::uint32_t>(text.size()), prompt::PartKind::said}}, language) {}

  std::vector<NamedCall> read() {
    add(typed());
    for (std::size_t kind = 0; kind < tokens_.size(); ++kind) {
      const Token& word = tokens_[kind];
      if ((word.roles & said::kinds) == 0 || text_[word.end - 1] == 's') continue;  // "skills" have several names
      if (const auto before = name_before(kind); before && add(judge(*before))) continue;
      if (const auto behind = name_behind(kind)) add(judge(*behind));
    }
    return std::move(calls_);
  }

 private:
  bool add(const std::optional<NamedCall>& call) {
    if (!call) return false;
    if (std::ranges::none_of(calls_, [&](const NamedCall& one) { return one.name == call->name; }))
      calls_.push_back(*call);
    return true;
  }

  // What the client's user types: "/name" and its arguments, or "@name", as the whole text or its beginning.
  std::optional<NamedCall> typed() const {
    const std::string_view text = letters::trim(text_);
    if (text.size() < 2 || (text.front() != '/' && text.front() != '@')) return std::nullopt;
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    const std::string_view name = text.substr(1, end - 1);
    if (!is_identifier(name)) return std::nullopt;
    const bool slash = text.front() == '/', alone = slash && end == text.size();
    return NamedCall{name, slash ? CallMark::slash : CallMark::at, alone, !alone && !is_joined(name)};
  }

  // The verb that calls what stands behind it; its number of words for one that stands behind the phrase.
  std::optional<std::size_t> verb_of(const Phrase& phrase) const {
    for (std::size_t i = phrase.begin, left = call_reach; i > 0 && left > 0; --i, --left) {
      if (prompt::ends_clause(gap_before(i)) || gap_before(i).find(':') != std::string_view::npos) break;
      const prompt::Roles has = tokens_[i - 1].roles;
      if ((has & (said::call | said::call_wide)) != 0 && (has & (said::refuse | said::stop)) == 0) return i - 1;
      if ((has & (said::filler | said::of)) == 0) break;
    }
    for (std::size_t i = phrase.end, left = call_reach; i < tokens_.size() && left > 0; ++i, --left) {
      if (prompt::ends_clause(gap_before(i))) break;
      const prompt::Roles has = tokens_[i].roles;
      if ((has & (said::refuse_after | said::refuse_end)) != 0) break;
      if ((has & (said::call_after | said::by)) != 0) return tokens_.size();
      if ((has & said::filler) == 0) break;
    }
    return std::nullopt;
  }

  // The words of the message that begin within these bytes.
  Words words_in(std::uint32_t begin, std::uint32_t end) const {
    Words words;
    for (const Line& line : message_.lines())
      for (std::size_t i = line.words.begin; i < line.words.end; ++i) {
        if (message_[i].begin >= end || message_[i].end <= begin) continue;
        if (words.empty()) words.begin = i;
        words.end = i + 1;
      }
    return words;
  }

  // Whether it asks or wishes, and nothing else stands before the verb: "can you please", "I want you to".
  bool only_asks(Words words) const {
    const Row asks = message_.row_at(words, roles::ask | roles::wish);
    words.begin += asks.size;
    return asks && skip(words, company | roles::ask | roles::subject | roles::pointing | roles::infinitive);
  }

  // Takes off what has these roles; whether nothing is left.
  bool skip(Words& words, Roles wanted) const {
    while (const Row row = message_.row_at(words, wanted)) words.begin += row.size;
    return words.empty();
  }

  // Whether the words of the clause up to `from`, its verb or the whole phrase before it, make it an order.
  bool is_order(std::size_t from, std::size_t verb) const {
    std::size_t begin = from;
    prompt::Roles before = 0;
    for (; begin > 0 && !prompt::ends_clause(gap_before(begin)); --begin) before |= tokens_[begin - 1].roles;
    if ((before & said::versus) != 0 || ((before & said::refuse) == 0) != ((before & said::stop) == 0)) return false;
    if (is_unspaced() || begin == from) return true;
    Words words = words_in(tokens_[begin].begin, tokens_[from].begin);
    if (skip(words, roles::joins) || only_asks(words) || skip(words, company) || only_asks(words)) return true;
    if (verb >= tokens_.size()) return false;
    const std::string word =
        letters::to_lower(text_.substr(tokens_[verb].begin, tokens_[verb].end - tokens_[verb].begin));
    const bool goes_with = word.ends_with("ing") || word.ends_with("ndo") || word.ends_with("ant") ||
                           has_role(language_, word, roles::preposition) || message_.is(words.end - 1, roles::between);
    const Head head = goes_with ? head_of(message_, words, false) : Head::none;
    return head == Head::request || head == Head::ask || head == Head::wish || head == Head::again;
  }

  std::optional<NamedCall> judge(const Phrase& phrase) const {
    std::string_view name = phrase.name;
    CallMark mark = CallMark::none;
    if (name.starts_with('/') || name.starts_with('@')) {
      mark = name.front() == '/' ? CallMark::slash : CallMark::at;
      name.remove_prefix(1);
    }
    if (!is_identifier(name) || !goes_on(phrase.end)) return std::nullopt;
    const bool joined = is_joined(name), marked = phrase.quoted || mark != CallMark::none;
    const bool plain = !joined && !marked && !(phrase.announced && phrase.behind());
    if (plain && prompt::roles_of(name) != 0) return std::nullopt;
    const auto verb = verb_of(phrase);
    if (!verb) return std::nullopt;
    std::size_t from = std::min(*verb, phrase.begin);
    const bool in_front = *verb < phrase.begin;
    while (!in_front && from > 0 && (tokens_[from - 1].roles & said::filler) != 0) --from;
    if (!is_order(from, *verb)) return std::nullopt;
    const prompt::Roles calls = *verb < tokens_.size() ? tokens_[*verb].roles : said::call;
    const prompt::Roles kinds = tokens_[phrase.kind].roles;
    bool sure = (joined && !is_adjective(name)) || phrase.quoted || phrase.announced || mark == CallMark::slash;
    if (plain && !sure)  // a word that stands as a name does; behind the word of kind, only without an article
      sure = (language_ == "en" || is_unspaced()) && (calls & (said::call | said::runs)) != 0 &&
             (!phrase.behind() || *verb + 1 == phrase.begin);
    // Programs are commands, too, and much that is installed is an agent.
    if ((kinds & said::skill) == 0)
      sure = sure && (calls & said::call) != 0 &&
             ((kinds & said::command) == 0 ? joined && !is_adjective(name) : mark == CallMark::slash);
    return NamedCall{name, mark, sure, plain};
  }

  static constexpr Roles company = roles::joins | roles::politeness | roles::adverb;
  Message message_;
  std::vector<NamedCall> calls_;
};

}  // namespace

// Most texts are ASCII, where a run of letters that is long enough is looked up and nothing is decoded.
bool may_call(std::string_view text) {
  constexpr std::size_t shortest_kind = 5;
  const std::string_view trimmed = letters::trim_left(text);
  if (trimmed.starts_with('/') || trimmed.starts_with('@')) return true;
  const auto is_kind = [](std::string_view word) { return (prompt::roles_of(word) & said::kinds) != 0; };
  for (std::size_t begin = 0, at = 0; at <= text.size(); ++at) {
    if (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
      const std::vector<Token> tokens = tokens_of(text);
      return std::ranges::any_of(tokens, [](const Token& token) { return (token.roles & said::kinds) != 0; });
    }
    if (at < text.size() && letters::is_letter(text[at])) continue;
    if (at - begin >= shortest_kind && is_kind(text.substr(begin, at - begin))) return true;
    begin = at + 1;
  }
  return false;
}

std::vector<NamedCall> named_calls(std::string_view said, std::string_view language) {
  return CallReader(said, language).read();
}

}  // namespace cascade::needs
