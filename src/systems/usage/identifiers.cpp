// Names of code in a section and in what is written: by their form, by the line that takes in a library, by the host
// that they begin with.
#include <algorithm>

#include "hash/content_hash.h"
#include "text/ascii.h"
#include "text/lines.h"
#include "text/names.h"
#include "text/word_set.h"
#include "usage/signs.h"
#include "usage/words.h"

namespace cascade::usage {

// A name is told from a word by its form, not by a list: an underscore, a hyphen or a second capital inside it. A plain
// word between backticks may be the name of a library; whether it is one is seen where it is used, since every language
// takes in a library with one of few words.
namespace {

constexpr std::size_t least_length = 5, least_capitals = 8, most_of_text = 400;

// By which languages take in a library.
constexpr std::string_view import_words = "import from require use using include extern library";

bool is_name_byte(char c) { return letters::is_letter_or_digit(c) || c == '_' || c == '-'; }

// Calls `see` with each run of letters, digits, underscores and inner hyphens.
template <typename See>
void each_name(std::string_view text, const See& see) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && (!is_name_byte(text[at]) || text[at] == '-')) ++at;
    std::size_t end = at;
    while (end < text.size() && is_name_byte(text[end])) ++end;
    std::string_view name = text.substr(at, end - at);
    while (!name.empty() && name.back() == '-') name.remove_suffix(1);
    if (!name.empty()) see(name);
    at = end;
  }
}

bool has_form_of_name(std::string_view name) {
  bool has_letter = false, has_mark = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    has_letter = has_letter || letters::is_letter(name[i]);
    const bool is_inside = i > 0 && i + 1 < name.size();
    has_mark = has_mark || (is_inside && (name[i] == '_' || name[i] == '-')) ||
               (i > 0 && letters::is_upper(name[i]) && letters::is_lower(name[i - 1]));
  }
  const bool is_capitals = name.size() >= least_capitals && std::ranges::all_of(name, letters::is_upper);
  return has_letter && (has_mark || is_capitals) && !letters::is_one_of(name, words::everyday);
}

// gcr.io/distroless/static, github.com/spf13/cobra: a host and what is there, without a version behind it.
bool is_long_name_byte(char c) { return is_name_byte(c) || c == '.' || c == '/'; }
bool is_long_name(std::string_view name) {
  const std::size_t slash = name.find('/'), dot = name.find('.');
  return slash != std::string_view::npos && dot > 0 && dot < slash && name.find("//") == std::string_view::npos &&
         slash + 3 < name.size() && !is_placeholder(name);
}

// Calls `see` with each long name of a text, whole and without what follows its last hyphen.
template <typename See>
void each_long_name(std::string_view text, const See& see) {
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos;) {
    std::size_t begin = slash, end = slash;
    while (begin > 0 && is_long_name_byte(text[begin - 1])) --begin;
    while (end < text.size() && is_long_name_byte(text[end])) ++end;
    std::string_view name = text.substr(begin, end - begin);
    while (!name.empty() && (name.back() == '.' || name.back() == '/')) name.remove_suffix(1);
    if (is_long_name(name)) {
      see(name);
      if (const std::size_t dash = name.rfind('-'); dash != std::string_view::npos && dash > name.rfind('/'))
        see(name.substr(0, dash));
    }
    slash = text.find('/', end);
  }
}

// A line of SQL that gives something a type: `created_at timestamptz NOT NULL`.
bool gives_type(std::string_view line) {
  const std::string lower = letters::to_lower(line);
  for (const std::string_view mark : {" not null", "alter table", "alter column", "add column", "create table",
                                      "primary key", "references ", "create type", "create domain"})
    if (lower.find(mark) != std::string::npos) return true;
  return false;
}

bool may_be_library(std::string_view name) {
  return std::ranges::all_of(name, letters::is_lower) && !letters::lists(import_words, name);
}

bool takes_in_library(std::string_view line) {
  bool takes = false;
  each_name(line, [&](std::string_view word) { takes = takes || letters::lists(import_words, word); });
  return takes;
}

}  // namespace

std::vector<std::string> identifiers_of(std::string_view section) {
  std::vector<std::string> names;
  bool in_fence = false;
  for (const std::string_view line : letters::lines(section)) {
    const std::string_view mark = letters::trim(line).substr(0, 3);
    if (mark == "```" || mark == "~~~") in_fence = !in_fence;
    if (in_fence) continue;
    for (std::size_t at = line.find('`'); at != std::string_view::npos;) {
      const std::size_t close = line.find('`', at + 1);
      if (close == std::string_view::npos) break;
      const std::string_view span = line.substr(at + 1, close - at - 1);
      each_name(span, [&](std::string_view name) {
        if (name.size() >= least_length && (has_form_of_name(name) || (name == span && may_be_library(name))))
          names.emplace_back(name);
      });
      each_long_name(span, [&](std::string_view name) { names.emplace_back(name); });
      at = line.find('`', close + 1);
    }
  }
  letters::sort_once(names);
  return names;
}

std::uint64_t hash_of_identifier(std::string_view name) { return hash::hash64(name); }

void find_identifiers(std::string_view text, const PhraseSet& wanted, std::vector<std::string>& found) {
  if (wanted.empty()) return;
  for (const std::string_view line : letters::lines(text)) {
    if (found.size() >= most_of_text) return;
    each_name(line, [&](std::string_view name) {
      if (name.size() >= least_length && wanted.has(hash_of_identifier(name)) &&
          (has_form_of_name(name) || takes_in_library(line) || gives_type(line)))
        found.emplace_back(name);
    });
    each_long_name(line, [&](std::string_view name) {
      if (wanted.has(hash_of_identifier(name))) found.emplace_back(name);
    });
  }
}

bool has_identifier(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_name_byte(text[at - 1])) && (end == text.size() || !is_name_byte(text[end]))) return true;
  }
  return false;
}

}  // namespace cascade::usage
