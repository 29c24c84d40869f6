// Turns roots into parsed manifests, reusing an earlier index for unchanged files.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/registry.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "index/index_file.h"
#include "registry/part.h"
#include "workspace/load.h"
#include "workspace/roots.h"

namespace cascade::workspace {

// `others`: plugin.json, hooks.json ... with the labels of their roots.
struct WalkReport {
  std::vector<Diagnostic> problems;
  std::vector<std::string> others;
};

std::string write_walk_report(const WalkReport& report);
// Nothing if the bytes are not such a report. Problems are sorted. `bytes` are aligned to 8.
std::optional<WalkReport> read_walk_report(std::string_view bytes);

// The result of a scan. Records refer to `strings` and to the concatenated calls.
struct Scan {
  std::vector<index_file::FileRecord> files, folders;
  std::vector<index_file::OriginRecord> origins;
  std::string strings;
  // The manifests' parts (registry/part.h), in the order of `files`. They are in the previous index or belong to the
  // makers.
  std::vector<registry::Part> parts;
  std::vector<std::string_view> calls;  // of each part
  std::vector<registry::PartMaker> makers;
  std::vector<std::string> texts;  // one for each of `files`: the parsed text, up to a limit, or empty
  WalkReport report;
  std::size_t reused = 0, parsed = 0, removed = 0;
  bool walked = false;  // the roots were listed; false: no folder had changed
  bool same = false;    // the parts are those of the previous index, in its order: its registry is still right

  // Builds the registry from all parts and gives them up. The files receive the numbers of their manifests. `store`: as
  // for registry::build_registry().
  Registry build_registry(const tables::StoreBlock& store = {});
  std::vector<std::string_view> pieces() const;  // all calls; neighbours in the previous index are one piece
};

// If no folder, and nothing else that a walk reads, has changed, the files are those of `previous`: the same result
// without a walk. The number of threads does not affect the result. Errors: not_found, unreadable if a root cannot be
// listed; unsupported if there are more manifests than most_files, or more of them to parse than most_bytes.
Result<Scan> scan(const files::Tree& tree, const std::vector<SourceRoot>& roots, const TokenCounter& counter,
                  const Records& previous, const ScanOptions& options);

}  // namespace cascade::workspace
