// Other programs' ways to start an agent or to show a skill: agent_spawn { type: "x" }, agent spawn --type x, --agent
// x, tool skills get x. Only lines with the words "spawn" or "skill", or with a double hyphen, are read.
#include "manifest/line_walk.h"
#include "manifest/names.h"
#include "manifest/references.h"
#include "manifest/strength.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cascade::manifest {
namespace {

constexpr std::size_t reach = 60;  // bytes between the call and its type

void add(const BodyText& body, const TextLine& line, std::size_t begin, Candidates& out) {
  const std::string_view text = body.text();
  const std::size_t end = name_end(text, begin);
  const std::string_view name = text.substr(begin, end - begin);
  if (name.size() >= 2 && !is_example_name(name))
    out.add(kinds_agent, name, Via::spawn, call_strength(body, line, begin, end), begin);
}

std::size_t skip_any(std::string_view text, std::size_t at, std::size_t end, std::string_view chars) {
  while (at < end && chars.find(text[at]) != std::string_view::npos) ++at;
  return at;
}

void find_flags(const BodyText& body, const TextLine& line, Candidates& out) {
  static constexpr std::array<std::string_view, 5> flags = {"agent", "agent-id", "agent-type", "role", "type"};
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t at = text.find("--", line.begin); at < line.end; at = text.find("--", at + 2)) {
    const std::size_t begin = at + 2;
    std::size_t end = begin;
    while (end < line.end && letters::is_name(text[end])) ++end;
    const std::string_view flag = text.substr(begin, end - begin);
    at = std::max(at, end - 2);
    if (std::find(flags.begin(), flags.end(), flag) == flags.end()) continue;
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

// The end of the word at `at`, which one blank separates from the next; npos where something else follows.
std::size_t next_word(std::string_view text, std::size_t at) {
  while (at < text.size() && letters::is_lower(text[at])) ++at;
  return at + 1 < text.size() && text[at] == ' ' && letters::is_name(text[at + 1]) ? at + 1 : std::string_view::npos;
}

// "tool skills get x": a program's subcommand that prints a skill, in a fence or a code span.
void find_served(const BodyText& body, const TextLine& line, Candidates& out) {
  // line_words.cpp knows their first letters.
  static constexpr auto verbs = letters::word_set("get", "load", "read", "show", "use", "run", "view", "open");
  constexpr std::string_view noun = " skill";
  const std::string_view text = body.text().substr(0, line.end);
  for (std::size_t at = text.find(noun, line.begin); at < line.end; at = text.find(noun, at + 1)) {
    if (at == line.begin || !letters::is_name(text[at - 1])) continue;
    const std::size_t verb = next_word(text, at + 1);
    const std::size_t name = verb == std::string_view::npos ? verb : next_word(text, verb);
    if (name == std::string_view::npos || !verbs.has(text.substr(verb, name - 1 - verb))) continue;
    const std::string_view before = text.substr(line.begin, at - line.begin);
    const bool in_span = std::count(before.begin(), before.end(), '`') % 2 == 1;
    if (line.context != Context::code && !in_span) continue;
    const std::size_t end = name_end(text, name);
    if (end > name + 1)
      out.add(kinds_skill, text.substr(name, end - name), Via::spawn, call_strength(body, line, name, end), name,
              Candidates::Certainty::guess);
  }
}

}  // namespace

void find_other_spawns(const BodyText& body, Candidates& out) {
  const auto speaks = [](const TextLine& line) {
    return line.context != Context::field && line.context != Context::comment;
  };
  for (const TextLine& line : body.lines()) {
    if ((line.signs & (sign_spawn | sign_served)) == 0 || !speaks(line)) continue;
    if ((line.signs & sign_spawn) != 0) find_spawns(body, line, out);
    if ((line.signs & sign_served) != 0 && (line.own & kinds_skill) != 0) find_served(body, line, out);
  }
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
