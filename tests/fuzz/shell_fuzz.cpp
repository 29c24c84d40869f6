// Any bytes are read and followed without a crash or a hang, and twice the same.
#include "shell/trace.h"

#include <cstdlib>

using namespace cascade::shell;

namespace {

struct Nowhere final : Surroundings {
  bool is_directory(const std::string& path) const override { return path.size() % 2 == 0; }
  std::optional<std::string> top_level(const std::string& directory) const override { return directory; }
  std::optional<std::string> variable(std::string_view name) const override { return std::string(name); }
};

std::string describe(std::string_view text) {
  std::string all;
  const Trace traced = trace(text, "/w", Nowhere(), [&](const Call& call) {
    if (!call.directory.empty() && call.directory.front() != '/') std::abort();
    all += call.directory + call.program;
    for (const Value& value : call.words) all += value.known ? value.text + "\n" : "?\n";
  });
  return all + traced.fault;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (describe(text) != describe(text)) std::abort();
  return 0;
}
