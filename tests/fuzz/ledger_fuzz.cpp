// A ledger of any bytes is a past that can be read: no line of it stops the next, and what is read can be written and
// read again.
#include "session/entry.h"

#include <cstdlib>

using namespace cascade::session;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const auto read = read_entry(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!read) continue;
    const std::string line = write_entry(read->entry, read->session_id);
    if (line.find('\n') != std::string::npos) std::abort();
    const auto again = read_entry(line);
    if (!again || write_entry(again->entry, again->session_id) != line) std::abort();
  }
  return 0;
}
