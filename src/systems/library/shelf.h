// The libraries that the user took from others: their folders, the lock, and their rows in the user's cascade.yaml.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/result.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/call.h"
#include "files/file_lock.h"
#include "files/tree.h"

namespace cascade::collection {

// Fetches the files of a repository with the user's git.

struct FetchRequest {
  std::string git;      // the program
  std::string address;  // of a Source
  std::string ref;      // empty: what the repository offers first
  std::string folder;   // does not exist yet; git's objects are kept there
};

struct FetchedFile {
  std::string path, text;
  bool is_program = false;
};

struct Fetched {
  std::string commit;
  std::vector<FetchedFile> files;     // sorted by path; no links
  std::vector<std::string> left_out;  // what is not among them, and why; for people
};

// Nothing of the repository is run and nothing is asked: git gets no terminal, no hooks, no submodules, and https, ssh
// and file alone; its files are read from their objects, not checked out. A link to a file within it becomes that file.
// not_found: git says that there is nothing, or nobody may have it; unsupported: as read_tree_entries(), a link that
// leaves the folder, or more than `largest_library` to load; unreadable: the time is up.
Result<Fetched> fetch(const FetchRequest& request);

// The files of a commit as git lists them, judged before one of them is read.
struct TreeEntry {
  enum class Kind : std::uint8_t { file, program, link };
  Kind kind = Kind::file;
  std::string object, path;
  std::uint64_t size = 0;
};

struct TreeEntries {
  std::vector<TreeEntry> taken;       // sorted by path
  std::vector<std::string> left_out;  // "assets/film.mp4: 40 MiB", for people
};

inline constexpr std::uint64_t largest_file = 16u << 20, largest_library = 256u << 20;

// `listed`: what `git ls-tree -r -z -l` prints. Other repositories within it and files above `largest_file` are left
// out. unsupported: a path that no file may have (one that leaves the folder, git's own, with a control character), or
// more than 20,000 files or `largest_library` bytes. malformed: git said something else.
Result<TreeEntries> read_tree_entries(std::string_view listed);

// The path that a link leads to, by its text; nothing: it leaves the folder.
std::optional<std::string> link_target(std::string_view link, std::string_view text);

// What of a library is left out.

// What goes with the file: the folder of the skill that it belongs to, or the file alone. Empty: the whole library is
// that skill.
std::string holder_of(const std::vector<FetchedFile>& files, std::string_view path);

// The paths that a word means: a file or a folder of the library, or the skill, agent or command of that name. None:
// there is nothing; several: it is not clear which.
std::vector<std::string> paths_of(const std::vector<FetchedFile>& files, std::string_view word);

// Erases the files at and below these paths. False: there were none.
bool leave_out(std::vector<FetchedFile>& files, const std::vector<std::string>& paths);

// Where a library of somebody else's is fetched from, as the user names it.
struct Source {
  std::string address;   // for git: an address, or an absolute path
  std::string identity;  // the same for each way to write it (git/address.h)
  std::string name;      // its last part; not yet checked
};

// OWNER/REPO, an address of https, ssh or file, or a folder. `directory`: where a relative path starts; `home`: for
// "~/". misuse: none of these, another protocol, a password within; not_found: there is no such folder.
Result<Source> read_source(std::string_view word, const std::string& directory, const std::string& home,
                           const files::Tree& tree);

// How `identity` is for an address that somebody else wrote down; empty: it is none.
std::string identity_of(std::string_view address, const files::Tree& tree);

// Whether a folder can have it: one plain word of at most 64 characters.
bool is_library_name(std::string_view name) noexcept;
// Whether it can be a branch, a tag or a commit, and no option or range of git's.
bool is_ref(std::string_view ref) noexcept;

// A finding of `validate --profile install` that the user read and takes, in a file that was so; another file asks
// anew.
struct AcceptedFinding {
  std::string rule, path;
  std::uint32_t line = 0;  // 0: about the whole file
  std::string sha256;
};

// "SEC030:skills/setup/SKILL.md:14", as it is typed and shown; without a line: a finding about the whole file.
std::string word_of(const AcceptedFinding& accepted);
std::optional<AcceptedFinding> read_accepted(std::string_view word);
AcceptedFinding accepting(const Diagnostic& finding);

bool accepts(const AcceptedFinding& accepted, const Diagnostic& finding) noexcept;  // whatever the file is now

// cascade.lock: which libraries of others the user took, from where, at which commit, and each file as it was then.
struct LockedFile {
  std::string path, sha256;
};

struct Library {
  std::string name, source;
  std::string ref;  // as asked for; empty: the repository's own choice
  std::string commit;
  std::vector<LockedFile> files;          // sorted by path
  std::vector<std::string> without = {};  // files and folders of the repository that are not taken, sorted
  std::vector<AcceptedFinding> accepted = {};
};

struct Lock {
  std::vector<Library> libraries;  // sorted by name

  const Library* find(std::string_view name) const noexcept;
  void put(Library library);  // in place of one of its name
  void erase(std::string_view name);
};

// An empty text is an empty lock. malformed: no lock, or one of a later version; its place in `path`.
Result<Lock> read_lock(std::string_view text, const std::string& path);
Result<Lock> lock_at(const std::string& path);  // of a file; none is an empty lock
// The same bytes for the same libraries.
std::string lock_text(const Lock& lock);

// How files differ from those of the lock.
struct Changes {
  std::vector<std::string> changed, added, gone;  // sorted
  bool empty() const noexcept { return changed.empty() && added.empty() && gone.empty(); }
  std::vector<std::string> all() const;
};
// Both sorted by path.
Changes compare(const std::vector<LockedFile>& before, const std::vector<LockedFile>& after);

struct Places {
  std::string folder;      // a library lies in the folder of its name below it
  std::string lock;        // cascade.lock
  std::string users_file;  // the cascade.yaml whose roots have the libraries
  std::string writer;      // who holds this file is the only one that changes anything
  std::string home;        // paths below it are written with "~/"
};

// One writer at a time. Every change happens whole or not at all: what a killed one left is undone by the next.
class Shelf {
 public:
  // unwritable: the places cannot be made, or somebody else is at work; malformed: the lock or the user's file.
  static Result<Shelf> open(Places places);

  Shelf(Shelf&&) noexcept = default;
  Shelf& operator=(Shelf&&) = delete;
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;
  ~Shelf();  // what was laid out and not taken goes, and every folder that holds nothing

  const Lock& lock() const noexcept { return lock_; }
  std::string folder_of(const std::string& name) const;
  std::string staging() const;  // the folder for what is not taken yet
  // Empties it, and puts back what a change that did not end had begun.
  Result<void> clear();

  // Writes the files into a folder of the staging one, in place of those before, and returns its path.
  Result<std::string> lay_out(const std::vector<FetchedFile>& files);
  // What was laid out becomes the library, in place of one of its name; it gets its row in the lock and in the roots.
  Result<void> take(const Library& library);
  // Folder, row and root go.
  Result<void> remove(const std::string& name);

  // The root that the user must write into the file, or take out of it, where it cannot be edited safely; else empty.
  const std::string& row_by_hand() const noexcept { return row_by_hand_; }

 private:
  explicit Shelf(Places places) : places_(std::move(places)) {}
  Result<void> write_lock();
  Result<void> edit_roots(const std::string& name, bool in);
  Result<void> exchange(const Library& library);

  Places places_;
  std::unique_ptr<files::FileLock> writer_;
  Lock lock_;
  std::string row_by_hand_;
};

// The files of a library as they are now; none: its folder is gone. unsupported, unreadable as read_whole_folder().
Result<std::optional<std::vector<LockedFile>>> files_now(const std::string& folder);
std::vector<LockedFile> locked_files(const std::vector<FetchedFile>& files);

// Puts a root into the user's cascade.yaml, and takes it out again.

// Everything else in the text stays as it is. Nothing: it is written in a way that is not safe to edit; `root` is as
// the file writes it ("~/x"). A root that is there already, or not there, changes nothing. A list that holds nothing
// but the default sources goes with its last root.
std::optional<std::string> with_root(std::string_view text, const std::string& root);
std::optional<std::string> without_root(std::string_view text, const std::string& root);

bool has_root(std::string_view text, const std::string& root);

// How the user's file names a folder: "~/x" for one in the home.
std::string root_at(const std::string& home, const std::string& folder);

}  // namespace cascade::collection

// A library of somebody else's that is fetched and laid out beside the libraries, judged, and not taken yet.

namespace cascade::cli {

// What the user asks for, as typed.
struct LibraryOptions {
  std::vector<std::string> words;  // the action, and what it is done to
  std::string ref, name;
  std::vector<std::string> without, accept;
  bool skip_refused = false;
  bool team = false;    // into the project's lock as well
  bool locked = false;  // of `restore`: nobody is asked, since who wrote the lock answered
  bool yes = false;
};

struct Candidate {
  collection::Fetched fetched;  // without what is left out
  std::string folder;
  std::vector<std::string> without;                   // paths, sorted
  std::vector<collection::AcceptedFinding> accepted;  // each is a finding in a file of this hash
  std::vector<std::string> changed;                   // accepted in an earlier state of its file; the findings count
  std::vector<Diagnostic> refused;                    // errors that nobody accepted
  std::vector<std::string> warnings;                  // that count, as "skills/x/SKILL.md:9: what it is"
  std::string findings, accepted_findings;            // for people; all that counts, and what was accepted
};

// Fetches what the library is at its ref, leaves out what it or the options leave out, and judges the rest as
// `validate --profile install` does. `library`: as it is taken, or will be. misuse: the options name what is not there.
Result<Candidate> bring(Call& call, collection::Shelf& shelf, const collection::Library& library,
                        const LibraryOptions& options);

std::string short_commit(const std::string& commit);  // "3f2a91c04d77"

// For people: a title with lines below it, empty without lines; the last line of what is taken, since a script that
// answers with --yes has nobody who reads the rest; what is left out and why, and what the findings are.
std::string lines_of(const std::string& title, const std::vector<std::string>& lines);
std::string warnings_of(const Candidate& candidate);
std::string terms_of(const Candidate& candidate);

// What an update would change, for people: the lines of each file, every description, rights and tokens. `folder`: of
// the library as it is now; `by_hand`: how its files differ from the lock.
Result<std::string> change_of(Call& call, const std::string& folder, const collection::Library& library,
                              const Candidate& candidate, const collection::Changes& by_hand);

// The row of the lock for it.
collection::Library locked(collection::Library library, const Candidate& candidate);

// Tells why it is not taken, and the commands that take it nevertheless.
Exit refuse(Call& call, const Candidate& candidate, const std::string& address, const std::string& name,
            const LibraryOptions& options);

}  // namespace cascade::cli
