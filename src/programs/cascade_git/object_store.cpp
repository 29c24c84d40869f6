// Neighbouring commits share nearly all trees and each blob is compared twice (as the old and as the new content), so a
// cache in front of the repository halves what has to be inflated.
#include "cascade_git/object_store.h"
#include "syntax/put.h"

#include <git2.h>

#include <deque>
#include <unordered_map>
#include <utility>

namespace cascade::git {
namespace {

class LibraryStore final : public ObjectStore {
 public:
  // Frees the repository if it is the store's own.
  LibraryStore(git_repository* repository, bool is_own)
      : owner_(is_own ? repository : nullptr),
        repository_(repository),
        objects_(made_by<Objects>(git_repository_odb, repository)) {}

  ContentPointer read(const ObjectId& id, ObjectKind kind) override {
    git_oid name;
    std::memcpy(name.id, id.bytes.data(), sizeof name.id);
    if (!objects_) return nullptr;
    return kind == ObjectKind::blob ? blob(name) : other(name, kind);
  }

 private:
  // The size is asked for first, because a small object of a hostile repository may inflate to any size.
  ContentPointer blob(const git_oid& name) {
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_ANY;
    if (git_odb_read_header(&size, &type, objects_.get(), &name) != 0 || type != GIT_OBJECT_BLOB) return nullptr;
    auto content = std::make_shared<Content>();
    if (size > largest_text) {
      content->is_large = true;
      return content;
    }
    git_blob* found = nullptr;
    if (git_blob_lookup(&found, repository_, &name) != 0) return nullptr;
    content->blob = found;
    content->bytes = {static_cast<const char*>(git_blob_rawcontent(found)), size};
    content->keep = std::shared_ptr<void>(found, [](void* blob) { git_blob_free(static_cast<git_blob*>(blob)); });
    return content;
  }

  ContentPointer other(const git_oid& name, ObjectKind kind) {
    git_odb_object* found = nullptr;
    if (git_odb_read(&found, objects_.get(), &name) != 0) return nullptr;
    auto content = std::make_shared<Content>();
    content->keep =
        std::shared_ptr<void>(found, [](void* object) { git_odb_object_free(static_cast<git_odb_object*>(object)); });
    if (git_odb_object_type(found) != (kind == ObjectKind::commit ? GIT_OBJECT_COMMIT : GIT_OBJECT_TREE))
      return nullptr;
    content->bytes = {static_cast<const char*>(git_odb_object_data(found)), git_odb_object_size(found)};
    return content;
  }

  using Objects = Held<git_odb, git_odb_free>;

  Held<git_repository, git_repository_free> owner_;
  git_repository* repository_;
  Objects objects_;
};

class CachedStore final : public ObjectStore {
 public:
  CachedStore(std::unique_ptr<ObjectStore> store, std::size_t most_bytes)
      : store_(std::move(store)), most_bytes_(most_bytes) {}

  ContentPointer read(const ObjectId& id, ObjectKind kind) override {
    if (const auto known = contents_.find(id); known != contents_.end())
      return known->second.kind == kind ? known->second.content : nullptr;
    ContentPointer content = store_->read(id, kind);
    if (!content) return nullptr;
    bytes_ += cost(*content);
    contents_.emplace(id, Known{kind, content});
    order_.push_back(id);
    while (bytes_ > most_bytes_ && order_.size() > 1) {
      const auto oldest = contents_.find(order_.front());
      bytes_ -= cost(*oldest->second.content);
      contents_.erase(oldest);
      order_.pop_front();
    }
    return content;
  }

 private:
  struct Known {
    ObjectKind kind;
    ContentPointer content;
  };
  static std::size_t cost(const Content& content) { return content.bytes.size() + 300; }

  std::unique_ptr<ObjectStore> store_;
  std::unordered_map<ObjectId, Known, ObjectIdHash> contents_;
  std::deque<ObjectId> order_;
  std::size_t bytes_ = 0, most_bytes_;
};

}  // namespace

std::unique_ptr<ObjectStore> open_library(const std::string& git_dir) {
  git_repository* repository = nullptr;
  if (git_repository_open(&repository, git_dir.c_str()) != 0) return nullptr;
  return std::make_unique<LibraryStore>(repository, true);
}

std::unique_ptr<ObjectStore> view_library(git_repository* repository) {
  return std::make_unique<LibraryStore>(repository, false);
}

std::unique_ptr<ObjectStore> cached(std::unique_ptr<ObjectStore> store, std::size_t most_bytes) {
  return std::make_unique<CachedStore>(std::move(store), most_bytes);
}

std::string_view last_message() {
  const git_error* last = git_error_last();
  return last == nullptr || last->message == nullptr ? "" : last->message;
}

void write_error(syntax::JsonWriter& json, std::string_view error) {
  put(json, "error", error, "message", last_message());
}

void write_error(std::string_view error, const WriteLine& write, std::string_view message) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  write(put(json.begin_object(), "error", error, "message", message).end_object().take());
}

void write_end(std::size_t lines, const WriteLine& write) {
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  write(put(json.begin_object(), "end", std::to_string(lines)).end_object().take());
}

}  // namespace cascade::git
