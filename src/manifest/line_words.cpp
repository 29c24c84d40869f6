#include "manifest/line_words.h"

#include "manifest/letters.h"

#include <array>
#include <cstddef>

namespace cascade::manifest {
namespace {

// Classes of bytes beyond the signs.
constexpr std::uint16_t hyphen = 1 << 9, name = 1 << 10, begins_word = 1 << 11;
constexpr Signs byte_signs =
    sign_underscore | sign_at | sign_tick | sign_star | sign_parenthesis | sign_colon | sign_ampersand;

// begins_word: letters that kind_word() and is_relation_word() know words with.
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
  out['&'] = sign_ampersand;
  return out;
}
constexpr std::array<std::uint16_t, 256> classes = make_classes();

constexpr std::uint16_t class_of(char c) noexcept { return classes[static_cast<unsigned char>(c)]; }

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
  constexpr std::string_view spawn = "spawn";
  LineWords out;
  std::uint16_t in_line = 0;
  const char* const end = line.data() + line.size();
  for (const char* at = line.data(); at < end; ++at) {
    const std::uint16_t first = class_of(*at);
    in_line |= first;
    if ((first & name) == 0) continue;
    const char* const begin = at;
    std::uint16_t in_word = 0;
    for (std::uint16_t next = first; (next & name) != 0; next = class_of(*++at)) in_word |= next;
    const std::string_view word(begin, static_cast<std::size_t>(at - begin));
    in_line |= in_word | class_of(*at);
    if ((in_word & hyphen) != 0) {
      if ((first & hyphen) == 0) in_line |= sign_hyphenated;
      if (word.find("--") != std::string_view::npos) in_line |= sign_dashes;
    }
    if (word.size() < spawn.size()) continue;
    if ((first & begins_word) != 0) {
      out.kinds |= kind_word(word);
      out.relates = out.relates || is_relation_word(word);
    }
    if (word.back() == 'n' && word.substr(word.size() - spawn.size()) == spawn) out.spawns = true;
  }
  out.signs = in_line & (byte_signs | sign_hyphenated | sign_dashes);
  return out;
}

}  // namespace cascade::manifest
