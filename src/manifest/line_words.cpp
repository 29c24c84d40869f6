#include "manifest/line_words.h"

#include "manifest/letters.h"

#include <array>
#include <cstddef>

namespace cascade::manifest {
namespace {

// Beyond the signs: bytes of names, and letters that kind_word() and is_relation_word() know words with.
constexpr std::uint16_t name = 1 << 13, hyphen = 1 << 14, begins_word = 1 << 15;

constexpr std::array<std::uint16_t, 256> make_classes() {
  std::array<std::uint16_t, 256> out{};
  for (std::size_t byte = 0; byte < out.size(); ++byte)
    if (is_name(static_cast<char>(byte))) out[byte] = name;
  for (const char c : std::string_view("acdehrswACDEHRSW")) out[static_cast<unsigned char>(c)] |= begins_word;
  out['-'] |= hyphen;
  out['_'] |= sign_underscore;
  out['@'] = sign_at;
  out['`'] = sign_tick;
  out['*'] = sign_star;
  out['('] = sign_parenthesis;
  out[':'] = sign_colon;
  return out;
}
constexpr std::array<std::uint16_t, 256> classes = make_classes();

constexpr unsigned class_of(char c) noexcept { return classes[static_cast<unsigned char>(c)]; }

// "reports_to", "delegates", "hands off": words of the relations that references_label.cpp reads.
bool is_relation_word(std::string_view word) {
  switch (to_lower(word.front())) {
    case 'c': return starts_with_lower(word, "collaborates") || starts_with_lower(word, "coordinates");
    case 'd': return starts_with_lower(word, "delegates");
    case 'e': return starts_with_lower(word, "escalates");
    case 'h': return starts_with_lower(word, "hands");
    case 'r': return starts_with_lower(word, "reports") || starts_with_lower(word, "receives");
    case 'w': return starts_with_lower(word, "works");
    default: return false;
  }
}

}  // namespace

Kinds kind_word(std::string_view word) {
  if (word.size() < 5 || word.size() > 11) return 0;
  if (to_lower(word.back()) == 's') word.remove_suffix(1);
  switch (to_lower(word.front())) {
    case 'a': return equals_lower(word, "agent") ? kinds_agent : 0;
    case 'c': return equals_lower(word, "command") ? kinds_command : 0;
    case 's':
      if (equals_lower(word, "skill")) return kinds_skill;
      return equals_lower(word, "subagent") || equals_lower(word, "sub-agent") || equals_lower(word, "specialist")
                 ? kinds_agent
                 : 0;
    default: return 0;
  }
}

LineWords read_words(std::string_view line) {
  constexpr std::ptrdiff_t shortest = 5;
  constexpr unsigned beyond = name | hyphen | begins_word;
  LineWords out;
  unsigned signs = 0;
  const char* const end = line.data() + line.size();
  for (const char* at = line.data(); at < end; ++at) {
    const unsigned first = class_of(*at);
    signs |= first;
    if ((first & name) == 0) continue;
    const char* const begin = at;
    unsigned in_word = first, next = first;
    do {
      next = class_of(*++at);
      in_word |= next;
    } while ((next & name) != 0);
    signs |= in_word;  // with what stands behind the word
    if ((in_word & hyphen) != 0) {
      const std::string_view word(begin, static_cast<std::size_t>(at - begin));
      if ((first & hyphen) == 0) signs |= sign_hyphenated;
      if (word.find("--") != std::string_view::npos) signs |= sign_dashes;
    }
    if ((first & begins_word) == 0 || at - begin < shortest) continue;
    const std::string_view word(begin, static_cast<std::size_t>(at - begin));
    out.kinds |= kind_word(word);
    out.relates = out.relates || is_relation_word(word);
  }
  out.signs = static_cast<Signs>(signs & ~beyond);
  return out;
}

}  // namespace cascade::manifest
