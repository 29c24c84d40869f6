#include "text/hex.h"

#include <charconv>

#ifndef __cpp_lib_to_chars  // libc++ reads only whole numbers by from_chars
#include <locale>
#include <sstream>
#endif

namespace cascade::letters {

std::string bytes_to_hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const char c : bytes) {
    text += digits[static_cast<unsigned char>(c) >> 4];
    text += digits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

std::string bytes_of_hex(std::string_view digits) {
  std::string bytes;
  bytes.reserve(digits.size() / 2);
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(hex_value(digits[i]) * 16 + hex_value(digits[i + 1]));
  return bytes;
}

std::string_view next_commit_id(std::string_view line, std::size_t& at) noexcept {
  while (at < line.size()) {
    const std::size_t begin = at;
    while (at < line.size() && is_letter_or_digit(line[at])) ++at;
    const std::string_view word = line.substr(begin, at - begin);
    if (is_commit_id(word)) return word;
    ++at;  // what separates the words
  }
  return {};
}

std::optional<double> decimal(std::string_view text) {
  double value = 0;
#ifdef __cpp_lib_to_chars
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
#else
  if (text.empty() || text.front() == '+' || text.find_first_not_of("0123456789.eE+-") != std::string_view::npos)
    return std::nullopt;
  std::istringstream stream{std::string(text)};
  stream.imbue(std::locale::classic());
  if (!(stream >> value) || stream.peek() != std::istringstream::traits_type::eof()) return std::nullopt;
#endif
  return value;
}

}  // namespace cascade::letters
