;;; report-ls.el --- Exam reports in Markdown, checked while you type  -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "27.1"))

;;; Commentary:

;; Makes report-ls known to eglot and to lsp-mode, and shows in the mode line how far a report is.
;; docs/editors/emacs.md says how to switch it on.

;;; Code:

(require 'url-parse)
(require 'url-util)

(declare-function lsp-activate-on "lsp-mode")
(declare-function lsp-get "lsp-protocol")
(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(defvar eglot-server-programs)

(defvar report-ls-command '("report-ls")
  "The program that is started, with its arguments.")

(defvar-local report-ls-status nil
  "How far this report is: \"5/6 answered, 4 errors, 1 warning\".")

(add-to-list 'mode-line-misc-info '(report-ls-status (" [" report-ls-status "]")) t)

(defun report-ls--buffer (uri)
  "Return the buffer that shows the file of URI, or nil."
  (let ((path (decode-coding-string (url-unhex-string (url-filename (url-generic-parse-url uri))) 'utf-8)))
    ;; Windows' drives follow a slash.
    (find-buffer-visiting (replace-regexp-in-string "\\`/\\([A-Za-z]:\\)" "\\1" path))))

(defun report-ls--keep-status (uri states n-errors n-warnings)
  "Keep for the mode line of URI's buffer what STATES, N-ERRORS and N-WARNINGS say."
  (let ((buffer (report-ls--buffer uri))
        (answered (seq-remove (lambda (state) (equal state "unanswered")) states)))
    (when buffer
      (with-current-buffer buffer
        (setq report-ls-status
              (concat (format "%d/%d answered" (length answered) (length states))
                      (report-ls--counted n-errors "error")
                      (report-ls--counted n-warnings "warning")))
        (force-mode-line-update)))))

(defun report-ls--counted (number noun)
  "Return NUMBER of NOUN behind a comma, or nothing if there are none."
  (if (zerop number) "" (format ", %d %s%s" number noun (if (= number 1) "" "s"))))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               `((markdown-mode gfm-mode)
                 . ,(lambda (&rest _) (append report-ls-command '(:initializationOptions (:status t))))))
  (cl-defmethod eglot-handle-notification
    (_server (_method (eql reportLs/status)) &key uri counts questions &allow-other-keys)
    "Keep for the mode line what report-ls says of the file URI."
    (report-ls--keep-status uri
                            (mapcar (lambda (question) (plist-get question :state)) questions)
                            (plist-get counts :error)
                            (plist-get counts :warning))))

(with-eval-after-load 'lsp-mode
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () report-ls-command))
    :activation-fn (lsp-activate-on "markdown")
    :add-on? t ; It works beside another server for Markdown.
    :server-id 'report-ls
    :initialization-options '(:status t)
    :notification-handlers
    (let ((handlers (make-hash-table :test #'equal)))
      (puthash "reportLs/status" #'report-ls--take-from-lsp-mode handlers)
      handlers))))

(defun report-ls--take-from-lsp-mode (_workspace status)
  "Keep for the mode line what STATUS says, as lsp-mode reads it."
  (let ((counts (lsp-get status :counts)))
    (report-ls--keep-status (lsp-get status :uri)
                            (mapcar (lambda (question) (lsp-get question :state)) (lsp-get status :questions))
                            (lsp-get counts :error)
                            (lsp-get counts :warning))))

(provide 'report-ls)
;;; report-ls.el ends here
