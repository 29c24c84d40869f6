// One reading of YAML by yaml-cpp, without second tries. yaml.cpp decides what to do if it fails.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "syntax/lines.h"
#include "syntax/node.h"

namespace cascade::syntax {

// REQUIRES of `text`: well-formed UTF-8 without NUL and U+0004 (yaml-cpp's own end mark), no lone CR, no byte order
// mark. Only [begin, end) is read; `places` is over `text` and gives the positions.
struct YamlSource {
  std::string_view text;
  LineCursor& places;
  std::size_t begin = 0, end = 0;
};

// `read`: yaml-cpp accepted the text; else the last fault says why not, and the root is null. `whole`: false if a
// limit or a second document left something out, or if yaml-cpp is more lenient than YAML and the client (a fault of
// kind syntax says where).
struct Document {
  Node root;
  std::vector<Fault> faults;
  bool read = false, whole = true;
};

Document read_document(const YamlSource& source, const NodeLimits& limits);

// Reads front matter in its usual simple form, without the YAML parser: a block map of `key: value` lines whose values
// are plain scalars, quoted scalars on one line, block scalars, lists of such scalars (also in brackets on one line)
// and nested maps (also in braces on one line, of scalars), at most eight levels deep; no comments, blank lines,
// escapes, anchors, tags or anything else that needs a parser. Returns nothing for any other text. The result equals
// that of read_document() in every position (a property test and the fuzz target for YAML check this). Linear.
//
// If it returns nothing and read_document() would certainly refuse the text, sets `refused` (if given) to the fault
// that would be reported: the most common slip, a ':' inside an unquoted value, after nothing but simple lines. This
// avoids the exception that yaml-cpp throws, which costs as much as a hundred manifests.
std::optional<Node> read_plain_map(const YamlSource& source, const NodeLimits& limits,
                                   std::optional<Fault>* refused = nullptr);

// Resolves a plain scalar by YAML 1.2's core schema; yes, no, on and off stay strings.
NodeKind resolve_plain(std::string_view text) noexcept;

}  // namespace cascade::syntax
