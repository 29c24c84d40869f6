#include "recall/past_index.h"

#include <cascade/registry.h>

#include "files/atomic_write.h"
#include "files/paths.h"

namespace cascade::cli {

struct Lexicon::State {
  Router router;
};

Result<Lexicon> Lexicon::open() {
  auto router = Router::build(
      Registry::build({}), [](const ManifestView&, const SectionView&) { return Result<std::string>(std::string()); });
  if (!router) return router.error();
  Lexicon lexicon;
  lexicon.state_ = std::make_shared<const State>(State{*std::move(router)});
  return lexicon;
}

const route::Tables& Lexicon::tables() const { return RouterTables::tables(state_->router); }

std::string forgotten_path(const Environment& environment) { return files::join(environment.state, "past.forgotten"); }

namespace {

using See = std::function<void(std::size_t done, std::size_t total)>;

Result<past::Index> make(const Environment& environment, const route::Tables& tables, const See& see, bool always) {
  if (environment.state.empty())
    return Error{ErrorCode::not_found, "there is no folder for state", {}, "set HOME or XDG_STATE_HOME"};
  const files::DiskTree tree;
  const std::vector<past::Log> logs =
      past::find_logs(tree, [&](const transcript::Format& format) { return log_folder(environment, format); });
  auto old = past::Index::open(environment.state);
  if (old && !always && past::is_current(*old, logs)) return old;
  const past::IsKept is_kept = past::keep_all_but(tree, past::forgotten_sessions(tree, forgotten_path(environment)));
  std::string bytes =
      past::make_index(tree, tables, logs, old ? &*old : nullptr, is_kept, [&](const past::Progress& at) {
        if (see) see(static_cast<std::size_t>(at.done), static_cast<std::size_t>(at.of));
      });
  if (auto made = files::make_directories(environment.state); !made) return made.error();
  if (auto done = files::write_atomically(files::join(environment.state, past::index_name), bytes, 0600); !done)
    return done.error();
  return past::Index::open(environment.state);
}

}  // namespace

Result<past::Index> renewed_past(const Environment& environment, const route::Tables& tables, const See& see) {
  return make(environment, tables, see, false);
}

Result<past::Index> remade_past(const Environment& environment, const route::Tables& tables) {
  return make(environment, tables, {}, true);
}

}  // namespace cascade::cli
