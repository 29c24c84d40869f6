#include "page/browser.h"

#include "files/atomic_write.h"
#include "files/detached.h"
#include "files/paths.h"
#include "files/program_path.h"
#include "files/tree.h"

#include <iterator>
#include <vector>

namespace cascade::cli {
namespace {

#if defined(__APPLE__)
constexpr const char* opener_words[] = {"open"};
constexpr const char* how_to_open = "open it in a browser";
#elif defined(_WIN32)
constexpr const char* opener_words[] = {"rundll32", "url.dll,FileProtocolHandler"};
constexpr const char* how_to_open = "open it in a browser";
#else
constexpr const char* opener_words[] = {"xdg-open"};
constexpr const char* how_to_open = "install xdg-utils, or open it in a browser";
#endif

}  // namespace

Result<void> open_in_browser(const Environment& environment, const std::string& what) {
  const std::string opener = files::program_on_path(files::DiskTree(), environment.search_path, opener_words[0]);
  if (opener.empty()) return Error{ErrorCode::not_found, "nothing opens pages here", what, how_to_open};
  if (environment.cache.empty())
    return Error{ErrorCode::unwritable, "there is no folder for the lock", {}, "set HOME or CASCADE_CACHE"};
  if (auto made = files::make_directories(environment.cache); !made) return made.error();
  // A browser that is still open holds the lock of its start; each start has one of its own.
  const std::string lock = files::join(environment.cache, "page-open.lock");
  if (auto removed = files::remove_file(lock); !removed) return removed.error();
  std::vector<std::string> words(std::begin(opener_words), std::end(opener_words));
  words[0] = opener;
  words.push_back(what);
  const auto started = files::start_detached(words, "/", lock, 0);
  if (!started) return started.error();
  return {};
}

}  // namespace cascade::cli
