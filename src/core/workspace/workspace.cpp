// The public face of State (state.h), which does the work. confirm() is the second half of an answer that was made
// while the files were being compared: it waits for the comparison and reads what changed. check() builds everything
// again without a cache and compares the bytes.
#include <cascade/workspace.h>

#include <algorithm>

#include "files/paths.h"
#include "hash/content_hash.h"
#include "manifest/shorten.h"
#include "manifest/toml_manifest.h"
#include "registry/tables.h"
#include "route/tables.h"
#include "workspace/state.h"

namespace cascade {

Workspace::Workspace(std::unique_ptr<State> state) : state_(std::move(state)) {}
Workspace::Workspace(Workspace&&) noexcept = default;
Workspace& Workspace::operator=(Workspace&&) noexcept = default;
Workspace::~Workspace() = default;

Result<Workspace> Workspace::open(WorkspaceOptions options) {
  auto state = std::make_unique<State>(std::move(options));
  if (auto prepared = state->prepare(); !prepared) return prepared.error();
  if (auto refreshed = state->refresh(); !refreshed) return refreshed.error();
  return Workspace(std::move(state));
}

Result<RefreshReport> Workspace::refresh() {
  if (auto refreshed = state_->refresh(); !refreshed) return refreshed.error();
  return state_->report;
}

Result<bool> Workspace::confirm() {
  if (!state_->check || state_->is_good(true)) return true;
  state_->options.check_later = false;
  if (auto refreshed = state_->refresh(); !refreshed) return refreshed.error();
  return false;
}

const RefreshReport& Workspace::report() const noexcept { return state_->report; }

Result<void> Workspace::check() const {
  if (state_->index_path.empty()) return {};
  auto image = index_file::Image::open(state_->index_path, state_->key);
  if (!image) return image.error();
  if (auto whole = image->verify(); !whole)
    return Error{whole.error().code, whole.error().message, state_->index_path,
                 "delete it; it is made anew when needed"};
  WorkspaceOptions options = state_->options;
  options.cache_directory.clear();
  options.progress = nullptr;
  auto anew = Workspace::open(std::move(options));
  if (!anew) return anew.error();
  const auto ours = router(), theirs = anew->router();
  if (!ours) return ours.error();
  if (!theirs) return theirs.error();
  if (RegistryTables::bytes(anew->registry()) == RegistryTables::bytes(*state_->registry) &&
      RouterTables::bytes(*ours) == RouterTables::bytes(*theirs))
    return {};
  return Error{ErrorCode::stale, "the index gives other answers than the files", state_->index_path,
               "delete it, and report how it came about"};
}

const std::string& Workspace::index_path() const noexcept { return state_->index_path; }

Registry Workspace::registry() const { return *state_->registry; }

Result<Router> Workspace::router() const {
  if (!state_->router && !state_->take_router())
    if (auto built = state_->build_router(nullptr); !built) return built.error();
  return *state_->router;
}

const std::vector<Root>& Workspace::roots() const noexcept { return state_->roots; }
const TokenCounter& Workspace::counter() const noexcept { return state_->counter; }
const RulePolicy& Workspace::rule_policy() const noexcept { return state_->configuration.policy; }
const Preferences& Workspace::preferences() const noexcept { return state_->configuration.preferences; }
const std::vector<Diagnostic>& Workspace::problems() const noexcept { return state_->problems; }

std::vector<std::string> Workspace::files() const {
  std::vector<std::string> all = state_->others;
  const Registry& registry = *state_->registry;
  for (std::uint32_t id = 0; id < registry.size(); ++id) all.emplace_back(registry[ManifestId{id}].path);
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::string Workspace::folder(const ManifestView& manifest) const {
  const workspace::SplitPath split = workspace::split(state_->sources, manifest.path);
  const std::string parent(files::parent(split.path));
  return split.root < state_->sources.size() ? files::join(state_->sources[split.root].folder.path, parent) : parent;
}

Result<std::string> Workspace::read_file(std::string_view path) const { return state_->read_text(path); }

Result<std::string> Workspace::read(const ManifestView& manifest, const SectionView& section) const {
  if (state_->last_path != manifest.path) {
    auto text = state_->read_text(manifest.path);
    if (!text) {
      Error error = text.error();
      if (error.code == ErrorCode::not_found) error.code = ErrorCode::stale;
      return error;
    }
    state_->last_path = manifest.path;
    state_->last_text = std::move(*text);
    state_->last_is_escaped = manifest::escaped_body(manifest.path, manifest.kind, state_->last_text);
  }
  const std::string_view text = state_->last_text;
  const Error changed{ErrorCode::stale, "the file has changed since it was indexed", std::string(manifest.path),
                      "run cascade index"};
  if (section.offset > text.size() || section.length > text.size() - section.offset) return changed;
  std::string whole(text.substr(section.offset, section.length));
  if (state_->last_is_escaped) whole = manifest::unescape_section(manifest.kind, whole);
  const SectionView full = state_->registry->section(manifest.id, section.shorter_of);
  if (hash::hash_text(whole) != full.content_hash) return changed;
  return whole;
}

}  // namespace cascade
