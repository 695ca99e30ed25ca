; What every test script begins with. `folder` is where the test looks for files.

(define side-x 240)
(define side-y 200)

; The photo, cut to a small picture.
(define (open-photo)
  (let ((image (car (gimp-file-load RUN-NONINTERACTIVE "/test/photo.png"))))
    (gimp-image-crop image side-x side-y 120 80)
    image))

(define (layers-of image) (car (gimp-image-get-layers image)))
(define (layer-of image) (vector-ref (layers-of image) 0))

(define (select-ellipse image x y width height feather)
  (gimp-context-set-antialias (if (> feather 0) TRUE FALSE))
  (gimp-context-set-feather (if (> feather 0) TRUE FALSE))
  (gimp-context-set-feather-radius feather feather)
  (gimp-image-select-ellipse image CHANNEL-OP-REPLACE x y width height))

(define (select-hole image) (select-ellipse image 90 60 70 60 0))

(define (dump image drawable name)
  (plug-in-reweave-test-dump #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (vector drawable)
                             #:file (string-append folder name)))

; Waits until the test says that it is time for `step`.
(define (wait image step)
  (plug-in-reweave-test-wait #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (layers-of image)
                             #:file (string-append folder "go-" step)))

(define (fill image . drawables)
  (plug-in-reweave-fill #:run-mode RUN-NONINTERACTIVE #:image image #:drawables (list->vector drawables)))

; What GIMP says when `thunk` fails.
(define (refusal thunk)
  (call/cc
    (lambda (leave)
      (let ((usual *error-hook*))
        (set! *error-hook* (lambda said (set! *error-hook* usual) (leave (car said))))
        (thunk)
        (set! *error-hook* usual)
        "it did not fail"))))

(define (say name text)
  (display name) (display ": ") (display text) (newline))
