// A Parsed as one line of text, so that tests read as text in, text out.
#pragma once

#include "syntax/node.h"

#include <string>

namespace cascade::syntax::test {

inline std::string show(Position at) { return std::to_string(at.line) + ":" + std::to_string(at.column); }

// null, true, 1.5, plain, "quoted", [items], {key: value}. With places: value@line:column.
inline std::string show(const Node& node, bool places = false) {
  std::string out;
  switch (node.kind) {
    case NodeKind::null: out = node.text.empty() ? "null" : "null(" + node.text + ")"; break;
    case NodeKind::boolean: out = "bool(" + node.text + ")"; break;
    case NodeKind::number: out = "num(" + node.text + ")"; break;
    case NodeKind::string: out = node.quoted ? "\"" + node.text + "\"" : node.text; break;
    case NodeKind::list:
      for (const Node& item : node.items) out += (out.empty() ? "" : ", ") + show(item, places);
      out = "[" + out + "]";
      break;
    case NodeKind::map:
      for (std::size_t i = 0; i < node.size(); ++i)
        out += (i == 0 ? "" : ", ") + show(node.key(i), places) + ": " + show(node.value(i), places);
      out = "{" + out + "}";
      break;
  }
  if (places) out += "@" + show(node.at) + (node.end == node.at ? "" : "-" + show(node.end));
  return out;
}

inline const char* show(FaultKind kind) {
  switch (kind) {
    case FaultKind::syntax: return "syntax";
    case FaultKind::duplicate_key: return "duplicate_key";
    case FaultKind::tag: return "tag";
    case FaultKind::merge_key: return "merge_key";
    case FaultKind::documents: return "documents";
    case FaultKind::aliases: return "aliases";
    case FaultKind::depth: return "depth";
    case FaultKind::size: return "size";
    case FaultKind::encoding: return "encoding";
    case FaultKind::tab: return "tab";
    case FaultKind::repaired: return "repaired";
    case FaultKind::comment_cut: return "comment_cut";
    case FaultKind::salvaged: return "salvaged";
  }
  return "?";
}

// "kind@line:column message", one a line, or "none".
inline std::string show_faults(const Parsed& parsed) {
  std::string out;
  for (const Fault& fault : parsed.faults)
    out += (out.empty() ? "" : "\n") + std::string(show(fault.kind)) + "@" + show(fault.at) + " " + fault.message;
  return out.empty() ? "none" : out;
}

}  // namespace cascade::syntax::test
