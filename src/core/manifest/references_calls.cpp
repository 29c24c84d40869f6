// Calls: Task(), Agent(), Skill(), SlashCommand(), subagent_type. Each opening parenthesis is checked for one of these
// names before it; the arguments are then read as literals or plain names, for as long as they look like such a call.
// The text is prose more often than code, so there is no grammar: anything unexpected ends the reading without a
// result.
#include <algorithm>
#include <initializer_list>
#include <optional>

#include "client/names.h"
#include "manifest/line_words.h"
#include "manifest/references.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/word_set.h"

namespace cascade::manifest {
namespace {

constexpr std::size_t max_argument = 6000;  // bytes of one string literal; a prompt may span many lines

struct Literal {
  std::size_t begin = 0, end = 0;  // of the text between the quotes
};

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && letters::is_space(text[at])) ++at;
  return at;
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && letters::is_blank(text[at])) ++at;
  return at;
}

constexpr bool is_quote(char c) noexcept { return c == '"' || c == '\'' || c == '`'; }

// Behind the brace that closes the one at `at`; nullopt: it is far away, or there is none.
std::optional<std::size_t> behind_object(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + max_argument);
  int depth = 0;
  for (; at < limit; ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at + 1;
  }
  return std::nullopt;
}

class CallFinder {
 public:
  CallFinder(const BodyText& body, Candidates& out) : body_(body), text_(body.text()), out_(out) {}

  void find() {
    for (const std::size_t open : out_.marks().of(Mark::parenthesis)) {
      std::size_t begin = open;
      while (begin > 0 && letters::is_word(text_[begin - 1])) --begin;
      const std::string_view callee = text_.substr(begin, open - begin);
      named_task(begin, open);
      if (begin > 0 && (text_[begin - 1] == '.' || text_[begin - 1] == '-' || text_[begin - 1] == '@'))
        continue;  // a method
      permission_ = begin > 0 && text_[begin - 1] == '"' && is_quoted_whole(open);
      if (client::tool_names::starts_agents(callee)) agent_call(open + 1);
      if (callee == client::tool_names::skill) named_call(open + 1, {"skill", "command"}, kinds_skill, Via::skill);
      if (callee == client::tool_names::slash_command) named_call(open + 1, {"command"}, kinds_command, Via::slash);
    }
    permission_ = false;
    for (const TextLine& line : body_.lines()) {
      if ((line.signs & (sign_type | sign_tool)) == 0) continue;
      if ((line.signs & sign_type) != 0)
        behind_each(line, "subagent_type", [this](std::size_t at) { subagent_type(at); });
      if ((line.signs & sign_tool) != 0 && (line.own & kinds_skill) != 0)
        behind_each(line, "Skill tool", [&](std::size_t at) { skills_behind(at, line.end); });
    }
  }

 private:
  // "Skill(x)" as a whole in quotes is an entry in a list of permissions.
  bool is_quoted_whole(std::size_t open) const {
    static constexpr letters::ByteSet ends(")\n");
    constexpr std::size_t longest_entry = 300;
    const std::size_t close = ends.find_in(text_.substr(0, std::min(text_.size(), open + longest_entry)), open);
    return close != std::string_view::npos && text_.substr(close, 2) == ")\"";
  }

  const TextLine& line(std::size_t at) const { return body_.lines()[body_.line_of(at)]; }

  // In a table with a column such as "Their example": what another client writes.
  bool is_in_example_table(const TextLine& row) const {
    if (row.context != Context::table) return false;
    const TextLine* head = &row;
    while (head != body_.lines().data() && (head - 1)->context == Context::table) --head;
    const std::string_view text = body_.text(*head);
    for (std::size_t at = text.find("xample"); at != std::string_view::npos; at = text.find("xample", at + 1))
      if (letters::trim(text.substr(at + 6)).starts_with('|') || text.substr(at + 6, 1) == "s") return true;
    return false;
  }

  // An ordinary word without quotes may be a variable or a placeholder: it counts when a manifest has that name, and is
  // not a fault when none has.
  void add(Kinds kind, std::size_t begin, std::size_t end, Via via, bool quoted) {
    const std::string_view name = text_.substr(begin, end - begin);
    if (line(begin).context == Context::comment) return;
    if (!is_qualified_name(name) || is_example_name(name) || letters::equals_lower(name, "s")) return;
    const bool example = is_in_example_table(line(begin));
    const bool surely = (quoted || is_distinctive(name)) && !example;
    const Strength strength =
        permission_ || example ? Strength::mentioned : call_strength(body_, line(begin), begin, end);
    out_.add(kind, name, via, strength, begin, surely ? Certainty::stated : Certainty::guess);
  }

  // A called name that is no fault when no manifest has it.
  void add_called(Kinds kind, std::size_t begin, std::size_t end, Via via) {
    const std::string_view name = text_.substr(begin, end - begin);
    const TextLine& line = this->line(begin);
    if (line.context != Context::comment && !is_example_name(name))
      out_.add(kind, name, via, call_strength(body_, line, begin, end), begin, Certainty::guess);
  }

  // Calls see(place) for each place on the line behind this word.
  template <typename See>
  void behind_each(const TextLine& line, std::string_view word, const See& see) const {
    const std::string_view shown = body_.text(line);
    for (std::size_t at = shown.find(word); at != std::string_view::npos; at = shown.find(word, at + 1))
      see(line.begin + at + word.size());
  }

  // call the Skill tool twice, for "a" and "b": quoted names, as long as only words of such an order come between.
  void skills_behind(std::size_t at, std::size_t limit) {
    static constexpr auto joins =
        letters::word_set("with", "for", "to", "invoke", "load", "call", "run", "use", "on", "twice", "the", "skill",
                          "skills", "name", "named", "set", "and", "or", "as", "by", "passing");
    while (at < limit) {
      const char c = text_[at];
      if (letters::is_letter(c)) {
        const std::string_view word = letters::run_at_begin(text_.substr(at, limit - at), letters::is_letter);
        if (!joins.has(word)) return;
        at += word.size();
      } else if (is_quote(c)) {
        const std::size_t end = qualified_end(text_, at + 1);
        if (end == at + 1 || end >= limit || text_[end] != c) return;
        add_called(kinds_skill, at + 1, end, Via::skill);
        at = end + 1;
      } else if (letters::is_blank(c) || c == ',' || c == ':' || c == '(' || c == '=') {
        ++at;
      } else {
        return;
      }
    }
  }

  // Task code-reviewer(the diff): the name stands between the tool and its arguments.
  void named_task(std::size_t begin, std::size_t open) {
    constexpr std::size_t longest_tool = 8;
    const char before = begin < 5 ? '.' : text_[begin - 1];
    if (begin == open || (before != ' ' && before != '-' && before != ':')) return;
    if (before == ' ' && text_[begin - 2] != 'k' && text_[begin - 2] != 't') return;  // neither Task nor Agent
    while (begin > 0 && (is_name_byte(text_[begin - 1]) || text_[begin - 1] == ':')) --begin;
    if (begin < 5 || text_[begin - 1] != ' ') return;
    std::size_t tool = begin - 1;
    while (tool > 0 && begin - tool < longest_tool && letters::is_word(text_[tool - 1])) --tool;
    const bool plural = text_.substr(open, 3) == "(s)";
    if (plural || !client::tool_names::starts_agents(text_.substr(tool, begin - 1 - tool))) return;
    const std::string_view name = text_.substr(begin, open - begin);
    if (is_qualified_name(name) && letters::is_lower(name.front())) add_called(kinds_agent, begin, open, Via::task);
  }

  std::optional<Literal> read_literal(std::size_t at) const {
    if (at >= text_.size() || !is_quote(text_[at])) return std::nullopt;
    const std::size_t close = text_.substr(0, std::min(text_.size(), at + max_argument)).find(text_[at], at + 1);
    if (close == std::string_view::npos) return std::nullopt;
    return Literal{at + 1, close};
  }

  // The third of three strings names the agent, and so does the one behind a string and an object; Agent(a, b) names
  // agents.
  void agent_call(std::size_t at) {
    at = skip_space(text_, at);
    if (at >= text_.size()) return;
    if (!is_quote(text_[at])) return plain_names(at, kinds_agent, Via::task);
    std::optional<Literal> literal;
    for (int count = 1; (literal = read_literal(at)); ++count) {
      const std::size_t next = skip_space(text_, literal->end + 1);
      const bool more = next < text_.size() && text_[next] == ',';
      if (count == 3) return add(kinds_agent, literal->begin, literal->end, Via::task, true);
      if (!more) {  // Task("agent"): a title as often as a name
        const std::string_view only = text_.substr(literal->begin, literal->end - literal->begin);
        if (count == 1 && is_qualified_name(only) && is_distinctive(only))
          out_.add(kinds_agent, only, Via::task, Strength::mentioned, literal->begin);
        return;
      }
      at = skip_space(text_, next + 1);
      if (count > 1 || at >= text_.size() || text_[at] != '{') continue;
      const std::optional<std::size_t> behind = behind_object(text_, at);
      const std::size_t comma = behind ? skip_space(text_, *behind) : text_.size();
      if (comma >= text_.size() || text_[comma] != ',') return;
      at = skip_space(text_, comma + 1);
      ++count;
    }
  }

  // Agent(a, b): only names up to the closing parenthesis.
  void plain_names(std::size_t at, Kinds kind, Via via) {
    std::array<std::pair<std::size_t, std::size_t>, 16> names;
    std::size_t count = 0;
    while (count < names.size()) {
      const std::size_t end = qualified_end(text_, at);
      if (end == at) return;
      names[count++] = {at, end};
      at = skip_blanks(text_, end);
      if (at >= text_.size() || (text_[at] != ',' && text_[at] != ')')) return;
      if (text_[at] == ')') break;
      at = skip_space(text_, at + 1);
      if (at < text_.size() && is_quote(text_[at])) break;  // Task(agent, "prompt")
    }
    for (std::size_t i = 0; i < count; ++i) add(kind, names[i].first, names[i].second, via, false);
  }

  // Skill("x"), Skill(x), Skill(skill: "x"), Skill({skill: "x"}), SlashCommand("/x"), and Skill(command="x") of earlier
  // clients.
  void named_call(std::size_t at, std::initializer_list<std::string_view> keys, Kinds kind, Via via) {
    at = skip_space(text_, at);
    if (at < text_.size() && text_[at] == '{') at = skip_space(text_, at + 1);
    for (const std::string_view key : keys) {
      if (text_.compare(at, key.size(), key) != 0) continue;
      const std::size_t value = skip_blanks(text_, at + key.size());
      if (value >= text_.size() || (text_[value] != ':' && text_[value] != '=')) continue;
      at = skip_space(text_, value + 1);
      break;
    }
    if (at >= text_.size()) return;
    const bool quoted = is_quote(text_[at]);
    if (quoted) ++at;
    if (at < text_.size() && text_[at] == '/') ++at;
    const std::size_t end = qualified_end(text_, at);
    if (end == at || end >= text_.size()) return;
    if (quoted ? is_quote(text_[end]) || (kind == kinds_command && letters::is_blank(text_[end]))
               : text_[end] == ')' || text_[end] == ',')
      add(kind, at, end, via, quoted);
  }

  // <parameter name="subagent_type">x</parameter>
  void between_tags(std::size_t at) {
    const std::size_t end = qualified_end(text_, at);
    if (end > at && text_.substr(end, 2) == "</") add(kinds_agent, at, end, Via::task, true);
  }

  // subagent_type: "x", subagent_type=x, `subagent_type` set to `x`. A value in words ("the selected role") is not a
  // name.
  void subagent_type(std::size_t at) {
    while (at < text_.size() && (is_quote(text_[at]) || text_[at] == '*')) ++at;
    at = skip_blanks(text_, at);
    if (at < text_.size() && text_[at] == '>') return between_tags(at + 1);
    if (text_.compare(at, 6, "set to") == 0)
      at += 6;
    else if (at < text_.size() && (text_[at] == ':' || text_[at] == '='))
      ++at;
    else
      return;
    while (at < text_.size() && text_[at] == '*') ++at;
    at = skip_blanks(text_, at);
    bool quoted = false;
    for (; at < text_.size() && is_quote(text_[at]); ++at) quoted = true;
    const std::size_t end = qualified_end(text_, at);
    if (end == at) return;
    if (quoted) {
      if (end < text_.size() && is_quote(text_[end])) add(kinds_agent, at, end, Via::task, true);
      return;
    }
    const std::size_t after = skip_blanks(text_, end);
    const bool alone = after >= text_.size() || !letters::is_letter(text_[after]);
    if (alone || is_distinctive(text_.substr(at, end - at))) add(kinds_agent, at, end, Via::task, false);
  }

  const BodyText& body_;
  std::string_view text_;
  Candidates& out_;
  bool permission_ = false;
};

constexpr std::size_t reach = 60;  // bytes between the call and its type

void add(const BodyText& body, const TextLine& line, std::size_t begin, Candidates& out) {
  const std::string_view text = body.text();
  const std::size_t end = name_end(text, begin);
  const std::string_view name = text.substr(begin, end - begin);
  if (name.size() >= 2 && !is_example_name(name))
    out.add(kinds_agent, name, Via::spawn, call_strength(body, line, begin, end), begin);
}

std::size_t skip_any(std::string_view text, std::size_t at, std::size_t end, std::string_view chars) {
  return std::min(text.find_first_not_of(chars, at), end);
}

void find_flags(const BodyText& body, const TextLine& line, Candidates& out) {
  static constexpr std::array<std::string_view, 5> flags = {"agent", "agent-id", "agent-type", "role", "type"};
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t at = text.find("--", line.begin); at < line.end; at = text.find("--", at + 2)) {
    const std::string_view flag = letters::run_at_begin(text.substr(at + 2), letters::is_name);
    const std::size_t end = at + 2 + flag.size();
    at = std::max(at, end - 2);
    if (std::ranges::find(flags, flag) == flags.end()) continue;
    if (end >= line.end || (text[end] != ' ' && text[end] != '=')) continue;
    add(body, line, skip_any(text, end + 1, line.end, "\"'"), out);
  }
}

void find_spawns(const BodyText& body, const TextLine& line, Candidates& out) {
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t at = text.find("spawn", line.begin); at < line.end; at = text.find("spawn", at + 1)) {
    if (at < line.begin + 6 || text.substr(at - 6, 5) != "agent") continue;
    const char joint = text[at - 1];
    if (joint != '_' && joint != ' ' && joint != '-') continue;
    const std::size_t end = std::min(line.end, at + 5 + reach);
    const std::size_t type = text.substr(0, end).find("type", at + 5);
    if (type == std::string_view::npos) continue;
    const std::size_t value = skip_any(text, type + 4, line.end, "\"' :=");
    if (value > type + 4) add(body, line, value, out);
  }
}

}  // namespace

void find_calls(const BodyText& body, Candidates& out) { CallFinder(body, out).find(); }

void find_other_spawns(const BodyText& body, Candidates& out) {
  const auto speaks = [](const TextLine& line) {
    return line.context != Context::field && line.context != Context::comment;
  };
  for (const TextLine& line : body.lines())
    if ((line.signs & sign_spawn) != 0 && speaks(line)) find_spawns(body, line, out);
  LineWalk lines(body);
  std::size_t next = 1;  // each line once
  for (const std::size_t hyphen : out.marks().of(Mark::hyphen)) {
    if (hyphen < next || body.text()[hyphen - 1] != '-' || !letters::is_lower(body.text()[hyphen + 1])) continue;
    const TextLine& line = lines.line_of(hyphen);
    if (speaks(line)) find_flags(body, line, out);
    next = line.end;
  }
}

}  // namespace cascade::manifest
