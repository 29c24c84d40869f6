// Bundles of the real libraries: the pieces' costs add up to that of the text, and no budget is exceeded.
#include <cascade/bundle.h>
#include <cascade/workspace.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "corpus/syntax_corpora.h"

namespace cascade {
namespace {

Result<Bundle> bundle_of(const Workspace& workspace, const Registry& registry, ManifestId root, std::uint32_t depth,
                         std::uint32_t tokens) {
  Request request;
  request.roots = {{registry[root].kind, std::string(registry[root].name)}};
  request.depth = depth;
  auto resolution = resolve(registry, request);
  if (!resolution) return resolution.error();
  BundleRequest wanted;
  wanted.recount = false;
  wanted.resolution = *std::move(resolution);
  wanted.budget.limit.tokens = tokens;
  return assemble(registry, wanted, workspace.counter(), [&](const ManifestView& manifest, const SectionView& section) {
    return workspace.read(manifest, section);
  });
}

std::string fault(const Workspace& workspace, const Result<Bundle>& bundle, std::uint32_t tokens) {
  if (!bundle) return bundle.error().message;
  if (bundle->status != PackingStatus::ok) return bundle->status == PackingStatus::infeasible ? "" : "no bundle";
  Cost sum;
  for (const Piece& piece : bundle->pieces) {
    sum += piece.cost;
    if (workspace.counter().count(piece.text) != piece.cost) return "a piece's cost is not that of its text";
  }
  if (sum != bundle->cost) return "the pieces do not add up";
  if (workspace.counter().count(text(*bundle)) != bundle->cost) return "the cost is not that of the finished text";
  if (bundle->cost.tokens > tokens) return "over the budget";
  return {};
}

}  // namespace

TEST_CASE("bundles of the real libraries keep to their budgets and their pieces add up") {
  const std::filesystem::path corpora = corpus::shared_folder() + "corpora";
  if (!std::filesystem::exists(corpora)) {
    WARN("skipped: ../shared/corpora is not there");
    return;
  }
  std::size_t made = 0;
  for (const auto& library : std::filesystem::directory_iterator(corpora)) {
    if (!library.is_directory()) continue;
    WorkspaceOptions options;
    options.roots = {{library.path().string(), Scope::project}};
    options.directory = library.path().string();
    options.vocabulary_path = CASCADE_SOURCE_DIR "/share/cascade/o200k.bin";
    auto workspace = Workspace::open(std::move(options));
    REQUIRE(workspace);
    const Registry registry = workspace->registry();
    for (std::uint32_t i = 0; i < registry.size(); i += 2) {
      const ManifestId root{i};
      if (registry[root].document || registry.shadowed_in_favour_of(root)) continue;
      INFO(library.path().filename().string() << " " << registry[root].path);
      for (const std::uint32_t tokens : {400U, 700U, 1500U, 3000U, 8000U, unlimited}) {
        REQUIRE(fault(*workspace, bundle_of(*workspace, registry, root, i % 2, tokens), tokens) == "");
        ++made;
      }
    }
  }
  CHECK(made > 2000);
}

}  // namespace cascade
