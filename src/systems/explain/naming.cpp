// The words of the few texts are kept, and the many lines of the change only looked up among them. Compared is a plain
// form: lower case, without the endings of English plurals and verbs, so that "retries" names `retry`.
#include "explain/naming.h"

#include <algorithm>
#include <string>

#include "explain/lists.h"
#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::comprehension {
namespace {

constexpr std::size_t shortest_name = 2, shortest_stem = 3;
constexpr std::string_view endings[] = {"ing", "es", "ed", "er", "s", "e", "y", "i"};
constexpr std::string_view signs = "<>=!&|+*^%?~";

bool is_name_byte(char c) { return letters::is_word(c) || static_cast<unsigned char>(c) >= 0x80; }

std::string plain_form(std::string_view word) {
  std::string plain = letters::to_lower(word);
  if (letters::is_digit(plain.front())) return plain;
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view ending : endings)
      if (plain.size() >= ending.size() + shortest_stem && plain.ends_with(ending)) {
        plain.resize(plain.size() - ending.size());
        again = true;
        break;
      }
  }
  return plain;
}

enum class Class : std::uint8_t { digit, lower, upper, joint };
Class class_of(char c) {
  if (letters::is_digit(c)) return Class::digit;
  if (c == '_') return Class::joint;
  return letters::is_upper(c) ? Class::upper : Class::lower;
}

// "maxRetries_2" is "maxRetries_2", "max", "Retries" and "2".
template <typename Take>
void each_name_in(std::string_view run, const Take& take) {
  std::size_t begin = 0, parts = 0;
  for (std::size_t at = 1; at <= run.size(); ++at) {
    const Class before = class_of(run[at - 1]), here = at < run.size() ? class_of(run[at]) : Class::joint;
    if (at < run.size() && (here == before || (before == Class::upper && here == Class::lower))) continue;
    if (before != Class::joint) {
      const std::string_view part = run.substr(begin, at - begin);
      ++parts;
      if (part.size() >= shortest_name || before == Class::digit) take(part);
    }
    begin = at;
  }
  if (parts > 1) take(run);
}

template <typename Take>
void each_name(std::string_view text, const Take& take) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    if (is_name_byte(text[at])) {
      while (end < text.size() && is_name_byte(text[end])) ++end;
      each_name_in(text.substr(at, end - at), take);
    } else {
      while (end < text.size() && signs.find(text[end]) != std::string_view::npos) ++end;
      if (end - at >= shortest_name) take(text.substr(at, end - at));
    }
    at = std::max(end, at + 1);
  }
}

}  // namespace

Naming::Naming(const std::vector<std::string_view>& texts) : named_(texts.size()) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    each_name(texts[i], [&](std::string_view name) {
      if (letters::is_one_of_lower(name, lists::function_words) || letters::is_one_of_lower(name, lists::keywords))
        return;
      std::vector<std::size_t>& of = words_[hash::hash64(plain_form(name))].texts;
      if (of.empty() || of.back() != i) of.push_back(i);
    });
}

void Naming::see(std::string_view line) {
  if (words_.empty()) return;
  each_name(line, [&](std::string_view name) {
    const auto found = words_.find(hash::hash64(plain_form(name)));
    if (found == words_.end() || found->second.is_seen) return;
    found->second.is_seen = true;
    for (const std::size_t text : found->second.texts) ++named_[text];
  });
}

bool Naming::is_each_named() const noexcept {
  return std::all_of(named_.begin(), named_.end(), [](std::uint32_t count) { return count > 0; });
}

}  // namespace cascade::comprehension
