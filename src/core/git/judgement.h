// A judgement on a command line: the decision, and the line's words as a shell and as people read them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "git/words.h"
#include "shell/trace.h"

namespace cascade::repository {

enum class Decision : std::uint8_t { silent, ask, deny };

// Is shown each program that a line starts, as it is found. `git`: the words of a call of git, so that they are split
// once; null for any other program.
using Follower = std::function<void(const shell::Call& call, const GitWords* git)>;

// The whole command as a shell reads it again, quoted where necessary; an unknown part is a variable without a value.
std::string shell_line(const std::vector<Value>& words, std::size_t first);
std::string shell_word(const std::string& text);

// The same for people, with the end left out where it is long. It is a type of its own, so that nothing can judge it.
struct Shown {
  std::string text;

  explicit Shown(std::string given) : text(std::move(given)) {}
  friend std::string operator+(std::string before, const Shown& shown) { return std::move(before) + shown.text; }
};
Shown shown(const std::vector<Value>& words, std::size_t first = 0);

}  // namespace cascade::repository
