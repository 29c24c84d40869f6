#include "text/decimal.h"

#include <charconv>
#ifndef __cpp_lib_to_chars  // libc++ reads only whole numbers by from_chars
#include <locale>
#include <sstream>
#include <string>
#endif

namespace cascade::letters {

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
