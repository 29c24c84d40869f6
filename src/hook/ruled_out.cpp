// Finds the manifests that a prompt rules out. One scan looks for a negating word; most prompts have none and end
// there. Otherwise every place where a manifest's name occurs is read backwards: only filler words may come between the
// name and the negation, at most eight words, all in one clause. A list of words is enough, since the sentences that
// matter are short orders, and a wider reading would ban skills that the prompt merely doubts.
#include "hook/ruled_out.h"

#include <algorithm>
#include <iterator>
#include <string>

#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::hook {
namespace {

constexpr std::string_view negations[] = {"not",    "no",     "don't",   "dont",   "never",     "without", "drop",
                                          "unload", "forget", "disable", "ignore", "skip",      "remove",  "stop",
                                          "avoid",  "except", "cannot",  "can't",  "shouldn't", "won't"};
constexpr std::string_view fillers[] = {
    "the",      "a",        "an",       "any",     "this",       "that",    "your",      "our",       "use",
    "using",    "load",     "loading",  "run",     "running",    "apply",   "applying",  "call",      "calling",
    "with",     "want",     "need",     "to",      "me",         "you",     "please",    "skill",     "command",
    "agent",    "playbook", "again",    "do",      "consider",   "invoke",  "follow",    "following", "start",
    "about",    "ask",      "asking",   "consult", "consulting", "involve", "involving", "delegate",  "delegating",
    "dispatch", "spawn",    "spawning", "trigger", "activate",   "bother"};
constexpr std::string_view kind_words[] = {"skill", "skills", "command", "commands", "agent", "agents", "playbook"};

bool is_inside_name(char c) {
  return letters::is_name(c) || c == '_' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

// Marks of code and speech that surround a name and do not end a clause.
bool is_dressing(char c) { return letters::is_space(c) || c == '`' || c == '"' || c == '*' || c == '/' || c == '@'; }

// Returns the word in front of `at` and moves `at` to its start; empty at the start of a clause.
std::string_view word_before(std::string_view text, std::size_t& at) {
  while (at > 0 && is_dressing(text[at - 1])) --at;
  const std::size_t end = at;
  while (at > 0 && (is_inside_name(text[at - 1]) || text[at - 1] == '\'')) --at;
  return text.substr(at, end - at);
}

bool is_negated(std::string_view text, std::size_t at) {
  constexpr int most = 8;
  for (int i = 0; i < most; ++i) {
    const std::string_view word = word_before(text, at);
    if (letters::is_one_of(word, negations)) return true;
    if (!letters::is_one_of(word, fillers)) return word == "of" && word_before(text, at) == "instead";
  }
  return false;
}

// Whether the word is used as a name and not as an ordinary word.
bool is_meant(std::string_view text, std::size_t begin, std::size_t end) {
  if (text.substr(begin, end - begin).find_first_of("-_:0123456789") != std::string_view::npos) return true;
  if (begin > 0 && (text[begin - 1] == '/' || text[begin - 1] == '`' || text[begin - 1] == '@')) return true;
  std::size_t before = begin;
  if (letters::is_one_of(word_before(text, before), kind_words)) return true;
  std::string_view rest = letters::trim_left(text.substr(end));
  std::size_t length = 0;
  while (length < rest.size() && letters::is_lower(rest[length])) ++length;
  return letters::is_one_of(rest.substr(0, length), kind_words);
}

bool is_ruled_out_in(std::string_view text, std::string_view name) {
  if (name.size() < 2) return false;
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool whole =
        (at == 0 || !is_inside_name(text[at - 1])) &&
        (end == text.size() || !is_inside_name(text[end]) || (text[end] == ':' && end + 1 == text.size()));
    if (whole && is_meant(text, at, end) && is_negated(text, at)) return true;
  }
  return false;
}

// Whether the text contains any negation; only then is it worth looking for the names of all manifests.
bool rules_out_something(std::string_view text) {
  for (std::size_t at = text.size(); at > 0;) {
    const std::string_view word = word_before(text, at);
    if (letters::is_one_of(word, negations) || word == "instead") return true;
    if (word.empty() && at > 0) --at;  // a character that ends a clause
  }
  return false;
}

}  // namespace

bool is_ruled_out(std::string_view prompt, std::string_view name) {
  return is_ruled_out_in(letters::to_lower(prompt), letters::to_lower(name));
}

std::vector<ManifestId> ruled_out_by(const Registry& registry, std::string_view prompt) {
  std::vector<ManifestId> found;
  const std::string text = letters::to_lower(prompt);
  if (!rules_out_something(text)) return found;
  for (std::uint32_t i = 0; i < registry.size(); ++i) {
    const ManifestView manifest = registry[ManifestId{i}];
    if (!manifest.document && is_ruled_out_in(text, letters::to_lower(manifest.name))) found.push_back(manifest.id);
  }
  return found;
}

std::string without_names(const Registry& registry, std::string_view prompt, const std::vector<ManifestId>& ruled_out) {
  std::string text(prompt);
  const std::string lowered = letters::to_lower(prompt);
  for (const ManifestId id : ruled_out) {
    const std::string name = letters::to_lower(registry[id].name);
    for (std::size_t at = lowered.find(name); at != std::string::npos; at = lowered.find(name, at + 1)) {
      const std::size_t end = at + name.size();
      const bool whole =
          (at == 0 || !is_inside_name(lowered[at - 1])) && (end == lowered.size() || !is_inside_name(lowered[end]));
      if (whole) text.replace(at, name.size(), name.size(), ' ');
    }
  }
  return text;
}

}  // namespace cascade::hook
