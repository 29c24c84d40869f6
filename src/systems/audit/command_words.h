// What the words of a command say by themselves, without looking at what is there.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::audit {

template <typename Range>
bool has(const Range& range, std::string_view text) {
  return std::find(std::begin(range), std::end(range), text) != std::end(range);
}

std::string joined(const std::vector<std::string>& words);
// The same for people, cut where it is long.
std::string line_of(const std::vector<std::string>& words);

// The words from `first` on without options and their values, up to "--".
std::vector<std::string> operands_of(const std::vector<std::string>& words, std::size_t first);

// Whether words begin so: the program, then the others in this order, anything between them.
bool begin_so(const std::vector<std::string>& words, const std::vector<std::string>& wanted);

// The folder that options send a program to: make -C web, npm --prefix web. Without any, `folder`.
std::string sent_to(const std::vector<std::string>& words, const std::string& folder);

// False: a pattern, a variable, an address, no path that could be looked up.
bool is_plain_path(std::string_view word);

}  // namespace cascade::audit
