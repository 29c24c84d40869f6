// From roots to parsed manifests, reusing what an earlier index knows of unchanged files.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "index/format.h"
#include "registry/part.h"
#include "workspace/load.h"
#include "workspace/records.h"
#include "workspace/roots.h"
#include "workspace/walk_report.h"

namespace cascade::workspace {

// What a scan found. Records refer to `strings` and to the calls, one after the other.
struct Scan {
  std::vector<index_file::FileRecord> files, folders;
  std::vector<index_file::OriginRecord> origins;
  std::string strings;
  // Of manifests (registry/part.h), in the order of `files`; they lie in the previous index or with the makers.
  std::vector<registry::Part> parts;
  std::vector<std::string_view> calls;  // of each part
  std::vector<registry::PartMaker> makers;
  std::vector<std::string> texts;  // one for each of `files`: what was parsed, up to a limit; the others are empty
  WalkReport report;
  std::size_t reused = 0, parsed = 0, removed = 0;
  bool walked = false;  // the roots were listed; otherwise no folder had changed

  // Of all parts, which are given up for it; the files are told the numbers of their manifests.
  Registry build_registry();
  std::vector<std::string_view> pieces() const;  // all calls; neighbours in the previous index are one piece
};

// Where no folder and nothing that a walk reads has changed, the files are those that `previous` knows: the same result
// without a walk. It is the same for any number of threads, too.
// not_found, unreadable: a root cannot be listed. unsupported: more manifests than most_files, or more of
// them to parse than most_bytes.
Result<Scan> scan(const files::Tree& tree, const std::vector<SourceRoot>& roots, const TokenCounter& counter,
                  const Records& previous, const ScanOptions& options);

}  // namespace cascade::workspace
