// Looks for a word for a part of a plugin close to a word for making: a few words behind the verb ("creating effective
// skills") or right before the noun ("hook development"). Both in one clause, since a text that merely uses both
// teaches nothing.
#include "manifest/authoring.h"

#include "manifest/making.h"
#include "text/one_of.h"
#include "text/words.h"

#include <cstddef>

namespace cascade::manifest {
namespace {

bool is_extension(std::string_view word) noexcept { return letters::is_one_of_lower(word, making::things); }

bool is_making(std::string_view word) noexcept { return letters::is_one_of_lower(word, making::verbs); }

// Whether both kinds of words occur in one name or clause, the thing at most four words after the verb or right before
// the noun.
bool speaks_of_making(std::string_view text, std::size_t reach) noexcept {
  std::size_t since_making = reach + 1;
  bool thing_before = false;
  std::size_t behind = 0;
  for (letters::WordCursor words(text, letters::Apostrophe::between); words.next(); behind = words.end()) {
    if (text.substr(behind, words.begin() - behind).find_first_of(".;:!") != std::string_view::npos) {
      since_making = reach + 1;
      thing_before = false;
    }
    const std::string_view word = words.word();
    const bool thing = is_extension(word), making = is_making(word);
    if ((thing && since_making <= reach) || (making && thing_before)) return true;
    since_making = making ? 0 : since_making + 1;
    thing_before = thing;
  }
  return false;
}

}  // namespace

bool teaches_authoring(std::string_view name, std::string_view description) noexcept {
  return speaks_of_making(name.substr(name.rfind(':') + 1), 2) || speaks_of_making(description, 4);
}

}  // namespace cascade::manifest
