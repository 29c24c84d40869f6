#include "manifest/link_target.h"

#include "text/ascii.h"

namespace cascade::manifest {

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? letters::hex_value(text[i + 1]) : -1;
    const int low = high < 0 ? -1 : letters::hex_value(text[i + 2]);
    if (low < 0) {
      out += text[i];
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

}  // namespace cascade::manifest
