// The client's settings, whatever they hold: our entries go in once and come out again, or the text is refused with its
// place; nothing else of it changes.
#include "init/installation.h"

#include <cstdlib>

using namespace cascade;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto entries = init::hook_entries("/opt/bin/cascade");
  init::hooked_programs(text);
  init::silencing_key(text, true);
  const auto bare = init::remove_hooks(text);
  const auto added = init::add_hooks(text, entries);
  require(static_cast<bool>(bare) || !static_cast<bool>(added));
  if (!added) {
    require(!added.error().message.empty());
    return 0;
  }
  require(init::hooked_programs(*added).size() == entries.size());
  const auto twice = init::add_hooks(*added, entries);
  require(twice && *twice == *added);
  const auto removed = init::remove_hooks(*added);
  require(removed && init::hooked_programs(*removed).empty());
  const auto again = init::remove_hooks(*removed);
  require(again && *again == *removed);
  return 0;
}
