// Random libraries for property tests: small, with everything that makes packing hard (shared text, code, requirements,
// conflicts, cycles) and everything that makes seams hard (blank lines, slashes, CRLF, emoji, ill-formed bytes).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "unit/bundle_library.h"
#include "unit/seeded_random.h"

namespace cascade::test {

using Random = SeededRandom;

struct RandomLibrary {
  std::vector<Manifest> manifests;
  std::map<std::string, std::string> bodies;
};

inline std::string random_line(Random& random) {
  static const char* const words[] = {"Read the log.",
                                      "/review it",
                                      "  indented",
                                      "a,b;c",
                                      "\xF0\x9F\x98\x80 fine",
                                      "1234 56",
                                      "(why?)",
                                      "don't",
                                      "\t- item",
                                      "\xC3\xA4\xC3\xB6",
                                      "\xFF\xFE",
                                      "...",
                                      "=== skill: x ===",
                                      "x",
                                      "\xE3\x80\x80",
                                      "`code`//"};
  std::string line;
  for (std::uint32_t count = random.below(4); count-- > 0;) line += words[random.below(16)];
  return line + (random.one_in(12) ? "\r\n" : "\n");
}

inline std::string random_body(Random& random) {
  std::string body;
  for (std::uint32_t lines = random.below(4); lines-- > 0;) body += random_line(random);
  for (std::uint32_t sections = random.below(4); sections-- > 0;) {
    if (random.one_in(4)) {
      body += "## Shared\nThe same words in many places.\n" + std::string(random.below(3), '\n');
      continue;
    }
    body += "## Part " + std::to_string(random.below(9)) + "\n";
    for (std::uint32_t lines = random.below(5); lines-- > 0;) body += random_line(random);
    if (random.one_in(4)) body += "```\n" + random_line(random) + "tool --with --some --options\n```\n";
  }
  if (random.one_in(5) && !body.empty()) body.pop_back();
  return body;
}

inline RandomLibrary random_library(Random& random) {
  static const char* const kinds[] = {"skill", "agent", "command"};
  const std::uint32_t count = 2 + random.below(6);
  std::vector<std::string> symbols;
  for (std::uint32_t i = 0; i < count; ++i)
    symbols.push_back(std::string(kinds[random.below(3)]) + ":m" + std::to_string(i));
  RandomLibrary library;
  for (const std::string& symbol : symbols) {
    std::string line = symbol;
    if (random.one_in(6)) line += " layer=playbook";
    if (random.one_in(10)) line += " !" + symbols[random.below(count)];
    if (random.one_in(8)) {  // each draw in a statement of its own: compilers order those of one differently
      line += " any=" + symbols[random.below(count)];
      line += "|" + symbols[random.below(count)];
    }
    line += " ->";
    for (std::uint32_t refs = random.below(4); refs-- > 0;) {
      static const char* const strengths[] = {"", "(required)", "(mentioned)", "(excluded)", ""};
      line += " " + symbols[random.below(count)];
      line += strengths[random.below(5)];
    }
    library.manifests.push_back(manifest_of(line));
    library.manifests.back().description = random_line(random);
    library.bodies[library.manifests.back().path] = random_body(random);
  }
  return library;
}

}  // namespace cascade::test
