#include "cli/browser.h"

#include "files/atomic_write.h"
#include "files/detached.h"
#include "files/paths.h"
#include "files/program_path.h"
#include "files/tree.h"

#include <algorithm>
#include <string_view>

namespace cascade::cli {
namespace {

#ifdef __APPLE__
constexpr const char *opener_name = "open", *how_to_open = "open it in a browser";
#else
constexpr const char *opener_name = "xdg-open", *how_to_open = "install xdg-utils, or open it in a browser";
#endif

}  // namespace

Result<void> open_in_browser(const Environment& environment, const std::string& what) {
  const std::string opener = files::program_on_path(files::DiskTree(), environment.search_path, opener_name);
  if (opener.empty()) return Error{ErrorCode::not_found, "nothing opens pages here", what, how_to_open};
  if (environment.cache.empty())
    return Error{ErrorCode::unwritable, "there is no folder for the lock", {}, "set HOME or CASCADE_CACHE"};
  if (auto made = files::make_directories(environment.cache); !made) return made.error();
  // A browser that is still open holds the lock of its start; each start has one of its own.
  const std::string lock = files::join(environment.cache, "page-open.lock");
  if (auto removed = files::remove_file(lock); !removed) return removed.error();
  const auto started = files::start_detached({opener, what}, "/", lock, 0);
  if (!started) return started.error();
  return {};
}

}  // namespace cascade::cli
