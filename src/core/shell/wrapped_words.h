// The words of a command that another program starts, and what stands before them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "shell/runner.h"
#include "shell/wrapper.h"

namespace cascade::shell {

// Returns how many words an option takes: itself, and its value if that is the next word. In a cluster such as `-nu5`
// the first letter with a value takes the rest of the word, or the next word if nothing is left.
std::size_t option_words(const Wrapper& wrapper, const std::string& text);

// `count` may be greater than the number of words: an option at the end of the line lacks its value.
void drop_words(std::vector<Value>& words, std::size_t count);

// Returns `state` as the wrapped command sees it: with the settings exported.
State with_settings(State state, const Execution& execution);

std::string replaced(std::string text, const std::string& what, const std::string& by);

// Replaces {} of xargs -I and find -exec.
void put_item(std::vector<Value>& words, const std::string& mark, const Value& by);

}  // namespace cascade::shell
