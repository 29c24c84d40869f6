// What the files .gitattributes of one commit say about paths: those attributes that figures depend on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::git {

enum class Said : std::uint8_t { nothing, no, yes };

struct PathAttributes {
  Said diff = Said::nothing;  // no: git compares the file as binary; yes: as text, whatever it holds
  Said generated = Said::nothing, vendored = Said::nothing;  // linguist-generated, linguist-vendored
};

class Attributes {
 public:
  // `folder`: where the file lies, "" or ending in a slash. A file of a deeper folder wins over this one.
  void add(const std::string& folder, std::string_view text);
  bool empty() const { return rules_.empty(); }
  PathAttributes of(std::string_view path) const;

 private:
  struct Rule {
    std::string folder, pattern;
    std::vector<std::string> words;  // "diff", "-diff", "diff=x", "!diff"; macros are resolved when they are asked for
  };
  void apply(const std::vector<std::string>& words, PathAttributes& found, int depth) const;

  std::vector<Rule> rules_;   // later ones win
  std::vector<Rule> macros_;  // "[attr]name …": the name is the pattern
};

}  // namespace cascade::git
