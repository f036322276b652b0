"""Emacs as the tests use it."""

import json
from pathlib import Path

from editors.editor import Editor, Json, Shown


class Emacs(Editor):
    """Emacs as a daemon, asked through emacsclient."""

    def __init__(self, program: str, home: Path) -> None:
        self.socket = home / "socket"
        self.client = str(Path(program).with_name("emacsclient"))
        self.answer = home / "answer.json"
        super().__init__(home, [program, f"--fg-daemon={self.socket}"])
        self.until((0, "t\n"), lambda: self._evaluate("t"))
        # A user's finger on the menu of code actions.
        self.ask(
            """
            (defvar test-menu nil)
            (setq completing-read-function
                  (lambda (prompt titles &rest more)
                    (if (not (string-match-p "action" prompt))
                        (apply #'completing-read-default prompt titles more)
                      (setq test-menu (mapcar #'car titles))
                      test-wanted)))
        """,
            **{"test-wanted": ""},
        )

    def ask(self, code: str, **values: str) -> Json:
        given = " ".join(f"({name} {_lisp(value)})" for name, value in values.items())
        self.answer.unlink(missing_ok=True)
        lisp = f"""
            (with-current-buffer (window-buffer (selected-window))
              (dlet ({given})
                (let ((answer (progn {code})) (coding-system-for-write 'utf-8))
                  (write-region (json-encode answer) nil "{self.answer}" nil 'silent))))
        """
        status, printed = self._evaluate(lisp)
        assert status == 0, f"{code}\n{printed}\n{self.story()}"
        return json.loads(self.answer.read_text("utf-8"))

    def _evaluate(self, lisp: str) -> tuple[int, str]:
        return self._run(self.client, f"--socket-name={self.socket}", "--eval", lisp)

    def open(self, path: Path) -> None:
        self.ask('(execute-kbd-macro (vconcat (kbd "C-x C-f C-a C-k") path (kbd "RET"))) nil', path=str(path))

    def shown(self) -> list[Shown]:
        # Emacs begins to look for diagnostics when a key has been pressed.
        found = self.ask("""
            (execute-kbd-macro (kbd "C-l"))
            (cl-map
             'vector
             (lambda (item)
               (let ((start (flymake-diagnostic-beg item)))
                 (vector (line-number-at-pos start)
                         (buffer-substring-no-properties start (flymake-diagnostic-end item))
                         (format "%s" (flymake-diagnostic-type item))
                         (flymake-diagnostic-text item))))
             (flymake-diagnostics))
        """)
        # Emacs writes source and code before each message.
        return sorted(
            Shown(line, text, severity.removeprefix("eglot-"), message.partition("]: ")[2])
            for line, text, severity, message in found
        )

    def type(self, before: str, text: str) -> None:
        self._go(before)
        self.ask("(execute-kbd-macro (string-to-vector text)) nil", text=text)

    def choose(self, place: str, title: str) -> list[str]:
        self._go(place)
        titles: list[str] = self.ask(
            """
            (let ((last-nonmenu-event ?\\r)) (call-interactively #'eglot-code-actions))
            test-menu
        """,
            **{"test-wanted": title},
        )
        return titles

    def hover(self, place: str) -> None:
        self._go(place)
        self.ask("(call-interactively #'eldoc) nil")

    def hovered(self) -> str:
        text: str = self.ask("""
            (if (not (buffer-live-p eldoc--doc-buffer))
                ""
              (with-current-buffer eldoc--doc-buffer (buffer-substring-no-properties 1 (point-max))))
        """)
        return text

    def symbols(self) -> list[str]:
        names: list[str] = self.ask("""
            (vconcat (cl-labels ((leaves (items)
                                   (cl-loop
                                    for (name . below) in items
                                    append (if (consp below)
                                               (leaves below)
                                             (list (substring-no-properties name))))))
                       (leaves (cdr (imenu--make-index-alist)))))
        """)
        return names

    def status(self) -> str:
        line: str = self.ask("(format-mode-line mode-line-misc-info)")
        return line

    def text(self) -> str:
        text: str = self.ask("(buffer-substring-no-properties 1 (point-max))")
        return text

    def save(self) -> None:
        self.ask("(let ((inhibit-message t)) (save-buffer)) nil")

    def complaints(self) -> str:
        text: str = self.ask("""
            (with-current-buffer "*Messages*" (buffer-substring-no-properties 1 (point-max)))
        """)
        return "\n".join(line for line in text.splitlines() if "rror" in line or "arning" in line)

    def quit(self) -> None:
        self.ask("(run-at-time 0 nil #'save-buffers-kill-emacs) nil")

    def _go(self, place: str) -> None:
        self.ask("(goto-char (point-min)) (search-forward place) (goto-char (match-beginning 0)) nil", place=place)


def _lisp(value: str) -> str:
    """Return a text as Lisp writes it."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
