# shellcheck shell=bash
# Sourced by scripts/macos and scripts/windows: the libraries for another system, compiled from Debian's source packages,
# each pinned by hash. Who sources it sets `place`, a folder below build/ for all of it, and `tools`, where cc, c++, ar and
# ranlib lie, each with a prefix that names what it compiles for (PREFIX-cc); ar and ranlib have none.

# Source package, version, SHA-256 of its .dsc, which has the hashes of all that belongs to it.
sources='
yaml-cpp 0.7.0+dfsg-8 94bd9098d501f91c2570c8e8cb98d46bc6de7627c30e9f94ebb39dc0cd2d65c2
fmtlib 9.1.0+ds1-2 1c8982464f1281f5b7d42ca24e058d80d71db7c381b278cc22cbdb40c534f0c5
spdlog 1:1.10.0+ds-0.4 65220c192ef8e524d0687058d5d24e1bdd3e2ebc9b6e846c3ec8d43f77fe9e5c
cli11 2.1.2+ds-1 bb685eff351ca4fb77cf194f5ffb80e47f96989fc200f21241eb9eb320cfbc9c
nlohmann-json3 3.11.2-2 70bec2cd47a992e0fcf5b92d820d264b871c15278cce68edcc05dbb579d795a0
xxhash 0.8.1-1 4a961627c06efc8fa3bc4b06ee9dba6cfaf092f2550b88d63e9218a2728721b4
snowball 2.2.0-2 eb649a11e8d3a16d3e4ede21552b7ec59292e01db89ea84278457a701d9cca3d
sqlite3 3.40.1-2+deb12u2 ee3459ae9d00939741c7708fc1b8ce1bde12d8c3fb1dfa005bbbc8651d884e23
'
unpacked=$place/sources

missing() { echo "${0##*/}: $*" >&2; exit 3; }

# apt with lists of its own: the repositories that this machine knows, asked for source packages, whether it asks for them or not.
# apt_sources LIST WORD...: a list has all of them, or one: the first that names a version need not have its files any more.
apt_sources() {
  local list=$1
  shift
  apt-get -o Dir::Etc::SourceList="$list" -o Dir::Etc::SourceParts=- -o Dir::State::Lists="$place/lists" \
    -o Acquire::Languages=none -o APT::Get::List-Cleanup=false "$@"
}
list_sources() {
  mkdir -p "$place/lists/partial"
  # shellcheck disable=SC2016  # apt's own words
  apt-get indextargets --format '$(SIGNED_BY) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Identifier: Packages' | sort -u |
    sed -E 's/^(\$\(SIGNED_BY\))? +/deb-src /; t; s/^([^ ]+) /deb-src [signed-by=\1] /' >"$place/sources.list"
  awk -v list="$place/sources.list" '{ print >(list "." NR) }' "$place/sources.list"
  apt_sources "$place/sources.list" update
}

# Fetched and unpacked whole, or not at all; dpkg-source compares the hashes in the .dsc and applies Debian's patches.
fetch_source() {
  local file=$1_${2#*:}.dsc list  # without an epoch
  rm -rf "$place/new" && mkdir -p "$place/new" && cd "$place/new" || return
  for list in "$place"/sources.list*; do
    apt_sources "$list" source --only-source --download-only "$1=$2" && break
  done
  echo "$3  $file" | sha256sum -c - &&
    dpkg-source --require-strong-checksums -x "$file" unpacked && rm -rf "${unpacked:?}/$1" && mv unpacked "$unpacked/$1"
}

# fetch_sources MORE: those above and MORE, in the same form.
fetch_sources() {
  local name version hash listed=''
  mkdir -p "$unpacked" "$place/logs"
  while read -r name version hash; do
    [ -n "$name" ] || continue
    if [ "$(cat "$unpacked/$name.fetched" 2>/dev/null)" != "$version $hash" ]; then
      [ -n "$listed" ] || quietly 'list source packages' "$place/logs/lists" list_sources || missing 'apt could not list source packages'
      listed=1
      quietly "fetch $name $version" "$place/logs/$name.fetch" fetch_source "$name" "$version" "$hash" ||
        missing "$name $version could not be fetched: do the repositories of apt have source packages?"
      echo "$version $hash" >"$unpacked/$name.fetched"
    fi
  done <<<"$sources$1"
}

# The stemmers and SQLite as C, made by programs of this machine.
make_generated() {
  local work=$place/generated.new
  rm -rf "$work" "$place/generated" && mkdir -p "$work/sqlite" && cp -r "$unpacked/snowball" "$work/snowball" &&
    make -C "$work/snowball" -j "$jobs" CC=cc dist_libstemmer_c &&
    tar -xzf "$work"/snowball/dist/libstemmer_c-*.tar.gz -C "$work" && mv "$work"/libstemmer_c-* "$work/stemmer" &&
    (cd "$work/sqlite" && "$unpacked/sqlite3/configure" --disable-tcl && make sqlite3.c) &&
    rm -rf "$work/snowball" && mv "$work" "$place/generated"
}

# archive_of ARCHIVE PREFIX FOLDER FLAGS FILE...: compiled and put together.
archive_of() {
  local archive=$1 compiler=$tools/$2-cc folder=$3 flags=$4 file objects=()
  shift 4
  mkdir -p "$folder.objects" && cd "$folder" || return 1
  for file in "$@"; do
    objects+=("$folder.objects/$(tr / _ <<<"$file").o")
    # shellcheck disable=SC2086  # several words
    "$compiler" -O2 -fPIC $flags -c "$file" -o "${objects[-1]}" || return 1
  done
  rm -f "$archive" && "$tools/ar" rcs "$archive" "${objects[@]}"
}
# As Debian builds it, without what only its own programs use, and without extensions, which nothing here loads.
sqlite_flags='-DSQLITE_THREADSAFE=1 -DSQLITE_SECURE_DELETE -DSQLITE_OMIT_LOOKASIDE=1 -DSQLITE_USE_URI=1
  -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_MAX_SCHEMA_RETRY=25 -DSQLITE_MAX_VARIABLE_NUMBER=250000
  -DSQLITE_ENABLE_UNLOCK_NOTIFY -DSQLITE_OMIT_LOAD_EXTENSION'

# make_root PREFIX SQLITE_FLAGS OPTION...: all of it in $place/PREFIX-root; OPTIONs are CMake's to compile with. What
# more_libraries WORK BUILD OPTION... makes goes along.
make_root() {
  local prefix=$1 more_flags=$2 work=$place/$1-root.new build=$place/$1-build files
  shift 2
  local cross=(-G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX= "$@")
  rm -rf "$work" "$build" && mkdir -p "$work/include" "$work/lib" "$build" &&
    cp -r "$place/generated/stemmer" "$place/generated/sqlite" "$build" &&
    cp "$build/stemmer/include/libstemmer.h" "$build/sqlite/sqlite3.h" "$unpacked/xxhash/xxhash.h" "$work/include" &&
    cp -r "$unpacked/cli11/include/CLI" "$unpacked/spdlog/include/spdlog" "$unpacked/fmtlib/include/fmt" "$work/include" || return 1
  archive_of "$work/lib/libsqlite3.a" "$prefix" "$build/sqlite" "$sqlite_flags $more_flags" sqlite3.c || return 1
  files=$(sed -n '/^snowball_sources/,/[^\\]$/p' "$build/stemmer/mkinc.mak" | grep -o '[A-Za-z0-9_/]*\.c')
  # shellcheck disable=SC2086  # several words
  archive_of "$work/lib/libstemmer.a" "$prefix" "$build/stemmer" -Iinclude $files || return 1
  cmake -S "$unpacked/yaml-cpp" -B "$build/yaml-cpp" "${cross[@]}" -DYAML_CPP_BUILD_TESTS=OFF -DYAML_CPP_BUILD_TOOLS=OFF &&
    cmake --build "$build/yaml-cpp" -j "$jobs" && DESTDIR=$work cmake --install "$build/yaml-cpp" &&
    cmake -S "$unpacked/nlohmann-json3" -B "$build/json" "${cross[@]}" -DJSON_BuildTests=OFF &&
    DESTDIR=$work cmake --install "$build/json" && more_libraries "$work" "$build" "${cross[@]}" &&
    rm -rf "$build" "$place/$prefix-root" && mv "$work" "$place/$prefix-root"
}
