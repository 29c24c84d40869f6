// Finds the agent that a text calls. For each agent, every place where its name occurs as a whole word is looked at,
// and the words around it decide: words in front that introduce a role ("act as the", "you are", "@"), or "agent"
// after it in a request. Only those few wordings count, because tasks often talk about an agent without calling it,
// and a wrong system prompt costs more than a missed one.
#include "hook/called_agent.h"

#include "hook/words_of_prompt.h"
#include "prompt/words.h"
#include "text/ascii.h"
#include "text/one_of.h"

#include <string>

namespace cascade::hook {
namespace {

bool is_letter_or_digit(char c) {
  return letters::is_lower(c) || letters::is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_character(char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == ':' || c == '/'; }

// A full stop is part of the name ("x.md") unless it ends a sentence.
bool ends_name(std::string_view text, std::size_t at) {
  if (at == text.size()) return true;
  if (text[at] == '.') return at + 1 == text.size() || !is_name_character(text[at + 1]);
  if (text[at] == ':') return at + 1 == text.size() || !is_letter_or_digit(text[at + 1]);
  return !is_name_character(text[at]);
}

bool is_filler(char c) { return letters::is_blank(c) || c == '\n' || c == '`' || c == '"' || c == '\'' || c == '*'; }

// Reads the words in front of a place, nearest first.
class Backwards {
 public:
  Backwards(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::string_view next() {
    while (at_ > 0 && is_filler(text_[at_ - 1])) --at_;
    const std::size_t end = at_;
    while (at_ > 0 && is_letter_or_digit(text_[at_ - 1])) --at_;
    return text_.substr(at_, end - at_);
  }
  bool after(char sign) const { return at_ > 0 && text_[at_ - 1] == sign; }
  void skip_sign() { --at_; }

 private:
  std::string_view text_;
  std::size_t at_;
};

bool is_role_word(std::string_view word) {
  return letters::is_one_of(word, {"agent", "agents", "subagent", "persona", "role", "specialist"});
}

std::string_view first_word(std::string_view text) {
  while (!text.empty() && is_filler(text.front())) text.remove_prefix(1);
  std::size_t end = 0;
  while (end < text.size() && is_letter_or_digit(text[end])) ++end;
  return text.substr(0, end);
}

// "act as the NAME", "you are NAME", "agent: NAME", "role NAME".
bool is_introduced(std::string_view text, std::size_t at) {
  Backwards before(text, at);
  if (before.after('@')) return true;
  std::string_view word = before.next();
  if (word.empty() && before.after(':')) {
    before.skip_sign();
    return is_role_word(before.next());
  }
  if (letters::is_one_of(word, {"the", "a", "an", "our", "my", "your"})) word = before.next();
  if (is_role_word(word) || letters::is_one_of(word, {"become", "impersonate"})) return true;
  if (word == "are") return before.next() == "you";
  return word == "as" &&
         !letters::is_one_of(before.next(), {"such", "same", "well", "known", "soon", "named", "treat", "just"});
}

// "the NAME agent" is a request, unless the agent is named as an owner ("the NAME agent's notes") or ruled out.
bool is_titled(std::string_view text, std::size_t end) {
  const std::string_view rest = text.substr(end);
  const std::string_view word = first_word(rest);
  if (!letters::is_one_of(word, {"agent", "subagent", "persona", "manifest", "instructions"})) return false;
  const auto at = static_cast<std::size_t>(word.data() + word.size() - text.data());
  return at == text.size() || (text[at] != '\'' && text[at] != '/' && text[at] != '-');
}

bool is_ruled_out(std::string_view text, std::size_t at) {
  Backwards before(text, at);
  for (int i = 0; i < 4; ++i) {
    const std::string_view word = before.next();
    // An apostrophe parts "don't" in two.
    if (word == "t" || (prompt::roles_of(word) & prompt::roles::refuse) != 0) return true;
    if (word.empty() && !before.after('\'')) return false;
  }
  return false;
}

// Calls `see` with every place of the name until it returns true; returns whether it did.
template <typename See>
bool any_place(std::string_view text, std::string_view name, const See& see) {
  if (name.size() < 2) return false;
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const bool inside = at > 0 && ((is_name_character(text[at - 1]) && text[at - 1] != '/') || text[at - 1] == '.');
    if (!inside && ends_name(text, at + name.size()) && see(at)) return true;
  }
  return false;
}

bool is_called_in(std::string_view text, std::string_view name) {
  const bool is_plain = is_role_word(name);  // "a specialist agent" calls no agent whose name is "agent"
  return any_place(text, name, [&](std::size_t at) {
    if (at > 0 && text[at - 1] == '/') return false;  // a path, or a command
    if (is_plain && !is_role_word(first_word(text.substr(at + name.size())))) return false;
    return (is_introduced(text, at) || is_titled(text, at + name.size())) && !is_ruled_out(text, at);
  });
}

}  // namespace

bool is_called(std::string_view text, std::string_view name) {
  return is_called_in(letters::to_lower(text), letters::to_lower(name));
}

std::optional<ManifestId> called_agent(const Registry& registry, std::string_view text) {
  const std::string lowered = letters::to_lower(text);
  std::optional<ManifestId> found;
  std::size_t longest = 0;
  const WordsOfPrompt words(lowered);
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView view = registry[ManifestId{i}];
    if (view.kind != Kind::agent || view.document || view.name.size() <= longest) continue;
    const std::string name = letters::to_lower(view.name);
    if (!words.may_hold(name) || !is_called_in(lowered, name) || registry.shadowed_in_favour_of(view.id)) continue;
    found = view.id;  // "reviewer" is part of "security-reviewer"
    longest = view.name.size();
  }
  return found;
}

}  // namespace cascade::hook
