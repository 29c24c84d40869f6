// What the files .gitattributes of one commit say about paths: those attributes that figures depend on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
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
  using Names = std::set<std::string_view>;
  struct Rule {
    std::string folder, pattern;
    std::vector<std::string> words;  // "diff", "-diff", "diff=x", "!diff"; macros are resolved when they are asked for
  };
  // As git does it: from the last word to the first, and what is decided stays so. A macro is thus gone into once at
  // most for a path, however macros name each other.
  void decide(const std::vector<std::string>& words, PathAttributes& found, Names& decided) const;

  std::vector<Rule> rules_;                                                                        // later ones win
  std::map<std::string, std::vector<std::string>, std::less<>> macros_ = {{"binary", {"-diff"}}};  // "[attr]name …"
};

}  // namespace cascade::git
