#include "validate/rules/table.h"

#include <iterator>

namespace cascade::validation {
namespace {

constexpr Severity error = Severity::error, warning = Severity::warning, info = Severity::info;

// Sorted by id; the unit test holds it so.
constexpr RuleInfo table[] = {
    {"BD007", "skill-size", warning, "the file is too large for the client to load",
     "split the manifest; the client skips files above 1,048,576 bytes"},
    {"CT006", "fence-unclosed", error, "a code fence is opened and never closed",
     "close the fence with as many marks as opened it"},
    {"FM001", "frontmatter-missing", error, "a skill or an agent has no front matter",
     "begin the file with ---, name, description and a closing ---"},
    {"FM002", "frontmatter-unclosed", error, "the front matter is opened and never closed",
     "close it with a line of three dashes at column 1"},
    {"FM003", "frontmatter-not-first", error, "something stands before the front matter",
     "make --- the first line of the file"},
    {"FM004", "yaml-syntax", error, "the front matter is not YAML, even for a tolerant reader",
     "quote the value, or mend its quotes or indentation"},
    {"FM005", "yaml-duplicate-key", error, "one mapping has the same key twice", "keep one of the entries"},
    {"FM006", "field-missing", error, "a required field is absent or empty", "add the field with a value"},
    {"FM007", "field-unknown", warning, "the client does not know this key",
     "use the key that the message proposes, or move it below metadata"},
    {"FM008", "field-type", error, "a field has another type than the client reads",
     "write the value in the type that the message names"},
    {"FM010", "encoding", error, "the file holds bytes that are not text in UTF-8", "save the file as UTF-8"},
    {"FM011", "byte-order-mark", warning, "the file begins with a byte order mark", "save the file without it"},
    {"FM012", "yaml-hazard", error, "the front matter uses what other loaders execute or choke on",
     "write plain values without tags, merge keys and nested aliases"},
    {"FM013", "yaml-implicit-type", warning, "an unquoted value is read as another type than text",
     "put the value in quotes"},
    {"FM015", "yaml-not-portable", warning, "only tolerant readers accept this value", "put the value in quotes"},
    {"ID005", "name-duplicate", error, "two manifests of one kind and scope have one name", "rename one of them"},
    {"ID008", "name-shadowed-by-scope", info, "a manifest of another scope takes this name",
     "rename one of them, or accept who wins"},
    {"ID009", "not-discovered", error, "a manifest lies where the client does not look",
     "move it to where the message says"},
    {"PL001", "plugin-json", error, "a plugin's or marketplace's JSON cannot be read", "mend the syntax at this place"},
    {"PL004", "component-path-missing", error, "a path named by a plugin does not exist",
     "add the file or remove the path"},
    {"PL008", "marketplace-source", error, "a marketplace names a plugin that is not there",
     "correct the source or add the plugin"},
    {"PL013", "component-path-escape", error, "a path named by a plugin leaves the plugin's folder",
     "keep everything that a plugin needs inside it"},
    {"RF001", "agent-unresolved", error, "a reference names an agent that does not exist",
     "correct the name or define the agent"},
    {"RF002", "skill-unresolved", error, "a reference names a skill that does not exist",
     "correct the name or define the skill"},
    {"RF003", "command-unresolved", warning, "a reference names a command that does not exist",
     "correct the name or define the command"},
    {"RF004", "reference-cycle", error, "references lead back to where they began", "break one of the references"},
    {"RF008", "reference-ambiguous", warning, "a reference may mean more than one manifest",
     "write the full name, with its plugin"},
    {"SEC010", "symlink-escape", error, "a symbolic link leaves the root or runs in a circle",
     "copy the file into the tree"},
    {"TL003", "tool-syntax", error, "an entry of a tool list is malformed", "write Tool or Tool(pattern)"},
};

}  // namespace

Span<RuleInfo> rule_table() noexcept { return {table, std::size(table)}; }

}  // namespace cascade::validation
