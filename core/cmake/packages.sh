# Debian 12 packages, sourced by ./run and ./check.
musubi_build_packages=(
  build-essential cmake ninja-build pkg-config git ccache mold
  libboost1.81-dev libboost-filesystem1.81-dev libboost-json1.81-dev
  libpoco-dev libxml2-dev libyaml-cpp-dev libsimdjson-dev libicu-dev libsqlite3-dev libpq-dev libssl-dev zlib1g-dev
  libcli11-dev libfmt-dev libspdlog-dev libre2-dev prometheus-cpp-dev
)
musubi_test_packages=(
  libgtest-dev libgmock-dev libbenchmark-dev librapidcheck-dev clang-format-16 clang-tidy-16
  curl python3 python3-yaml sqlite3 prometheus postgresql-15
)
# Of these the tests use the programs (promtool, initdb). Their services are not started on somebody's machine.
musubi_services=(prometheus postgresql)

# without_services COMMAND...: as root, with invoke-rc.d told that nothing is to be started.
without_services() {
  local policy=/usr/sbin/policy-rc.d status=0
  [ -e "$policy" ] && { "$@"; return; }
  "${as_root[@]}" sh -c "printf '#!/bin/sh\nexit 101\n' > $policy && chmod 755 $policy"
  "$@" || status=$?
  "${as_root[@]}" rm -f "$policy"
  return $status
}

# install_packages NAME...: installs what is missing with apt, with sudo when not root.
install_packages() {
  local missing=() name
  for name in "$@"; do
    dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q '^install ok installed$' || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  echo "== install: ${missing[*]}"
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      echo "Musubi needs these packages, and this user may not install them: ${missing[*]}" >&2
      echo "Ask an administrator to run:  apt-get install ${missing[*]}" >&2
      exit 3
    fi
    as_root=(sudo)
  fi
  if ! command -v apt-get >/dev/null; then
    echo "Musubi's set-up knows Debian 12 (apt-get), which is not here. Install these yourself: ${missing[*]}" >&2
    exit 3
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >/dev/null ||
    echo "apt-get update failed; trying with the package lists at hand" >&2
  without_services "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >/dev/null || {
    echo "The packages could not be installed: ${missing[*]}" >&2
    echo "Check the network and the package sources, then run this again." >&2
    exit 3
  }
  for name in "${musubi_services[@]}"; do
    case " ${missing[*]}" in
      *" $name"*) "${as_root[@]}" systemctl disable -q "$name" 2>/dev/null || true ;;
    esac
  done
}
