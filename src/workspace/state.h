// What a workspace holds, and how it comes by it: from an index that is good, or by reading the files anew.
#pragma once

#include <cascade/workspace.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "files/overlay_tree.h"
#include "hash/content_hash.h"
#include "index/index_file.h"
#include "workspace/configuration.h"
#include "workspace/freshness.h"
#include "workspace/overlays.h"
#include "workspace/roots.h"
#include "workspace/scan.h"

namespace cascade {

namespace workspace {

// The disk with these files instead of its own.
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
  std::optional<index_file::Image>
      image;  // that the registry is read from; the router's tables are opened when asked for
  mutable std::optional<Router> router;
  mutable std::string notes;  // that were taken when the router was built, to be kept beside its tables
  RefreshReport report;
  std::vector<Diagnostic> problems;
  std::vector<std::string> others;
  // What is known of the files, and their paths: in the index that answers, or kept of the scan.
  Span<index_file::FileRecord> files;
  std::string_view file_paths;
  std::vector<index_file::FileRecord> scanned_files;
  std::string scanned_paths;
  // The last file that a section was read from: a bundle reads several of one file.
  mutable std::string last_path, last_text;
  mutable bool last_is_escaped = false;  // manifest::escaped_body()
  // Of the index that answers; looks at what the members above hold, so it ends before them.
  std::optional<workspace::FreshnessCheck> check;

  void log(LogLevel level, const std::string& text) const {
    if (options.log) options.log(level, text);
  }

  // Configuration, roots, vocabulary, and the index file's name and key; nothing of the manifests.
  Result<void> prepare();
  void open_vocabulary();
  void make_key();

  // The registry, from the index where it is good.
  Result<void> refresh();
  bool use_index(const index_file::Image& image, workspace::Records& records);
  void take_parts(const index_file::Image& image, workspace::Records& records);
  bool take_reusable(const index_file::Image& image, workspace::Records& records) const;
  bool is_good(bool tables_fit);
  bool take_tables(const index_file::Image& image);
  void take_report(workspace::WalkReport found);
  Result<void> rescan(const workspace::Records& records);
  void keep_index(workspace::Scan& scan, std::int64_t scan_start_ns);
  void write_index(const workspace::Scan& scan, std::int64_t scan_start_ns);
  std::int64_t scan_start() const;

  // The router, when it is asked for; `scan` null: apart from any. It takes the texts that a scan kept.
  Result<void> build_router(workspace::Scan* scan) const;
  bool take_router() const;

  Result<std::string> read_text(std::string_view path) const;
};

}  // namespace cascade
