// The state of a workspace, and how it is obtained: from an index that is good, or by reading the files again.
#pragma once

#include <cascade/workspace.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/overlay_tree.h"
#include "hash/content_hash.h"
#include "index/index_file.h"
#include "workspace/configuration.h"
#include "workspace/load.h"
#include "workspace/roots.h"

namespace cascade {

namespace workspace {

files::OverlayTree tree_with(const std::vector<FileInstead>& instead);

}  // namespace workspace

struct Workspace::State {
  explicit State(WorkspaceOptions given) : options(std::move(given)), tree(workspace::tree_with(options.instead)) {}

  WorkspaceOptions options;
  files::OverlayTree tree;
  workspace::Configuration configuration;
  std::vector<workspace::SourceRoot> sources;
  std::vector<Root> roots;
  TokenCounter counter = TokenCounter::estimating();
  hash::Hash128 key;
  std::string index_path;
  std::optional<Registry> registry;
  workspace::Overlays overlays;
  std::optional<index_file::Image> image;  // the registry is read from it; the router's tables are opened on demand
  mutable std::optional<Router> router;
  mutable std::string notes;                   // taken when the router was built, to be stored next to its tables
  std::unique_ptr<index_file::Writer> writer;  // of a large index, while it is being written
  RefreshReport report;
  std::vector<Diagnostic> problems;
  std::vector<std::string> others;
  // The records of the files, and their paths: in the index that answers, or kept from the scan.
  Span<index_file::FileRecord> files;
  std::string_view file_paths;
  std::vector<index_file::FileRecord> scanned_files;
  std::string scanned_paths;
  // The last file from which a section was read, since a bundle reads several sections of one file.
  mutable std::string last_path, last_text;
  mutable bool last_is_escaped = false;  // manifest::escaped_body()
  // The check of the index that answers. It reads the members above, so it is destroyed before them.
  std::optional<workspace::FreshnessCheck> check;

  void log(LogLevel level, const std::string& text) const {
    if (options.log) options.log(level, text);
  }

  // Prepares the configuration, roots, vocabulary, and the index file's name and key; nothing about manifests.
  Result<void> prepare();
  std::vector<std::string> add_users_sources(const files::Tree& configurations);
  void open_vocabulary();
  void make_key();

  Result<void> refresh();
  bool look_at_index(workspace::Records& records);
  bool use_index(const index_file::Image& image, workspace::Records& records);
  void take_parts(const index_file::Image& image, workspace::Records& records);
  bool take_reusable(const index_file::Image& image, workspace::Records& records) const;
  bool is_good(bool tables_fit);
  bool take_tables(const index_file::Image& image);
  void take_report(workspace::WalkReport found);
  Result<void> rescan(const workspace::Records& records);
  void begin_index(const workspace::Scan& scan);
  void keep_index(workspace::Scan& scan, std::int64_t scan_start_ns);
  void write_index(const workspace::Scan& scan, std::int64_t scan_start_ns);
  Result<void> write_rest(const workspace::Scan& scan, std::int64_t scan_start_ns);
  // Writes a region to the file of a large index as soon as it is made; otherwise it stays in memory.
  tables::StoreBlock store(index_file::RegionKind kind) const;
  void give_back_memory() const;
  std::int64_t scan_start() const;

  // Builds the router. `scan` may be null; otherwise its kept texts are used up.
  Result<void> build_router(workspace::Scan* scan) const;
  bool take_router() const;

  Result<std::string> read_text(std::string_view path) const;
};

}  // namespace cascade
